"""The cache's table, in the shape Django's DatabaseCache expects; it holds counters of the sign-in library."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                "CREATE TABLE house_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL)",
                "CREATE INDEX house_cache_expires ON house_cache (expires)",
            ],
            "DROP TABLE house_cache",
        ),
    ]
