"""A part's entry in the programme is its point: `entry` is every held row's own, and says how it was entered."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0006_released_and_calendars"),
        ("meetings", "0006_meeting_profile"),
    ]

    operations = [
        migrations.RemoveField(model_name="programmepart", name="entry"),
        migrations.AddField(
            model_name="programmepart",
            name="point",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="meetings.programmeentry",
            ),
        ),
        migrations.AddField(
            model_name="programmepart",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.entry",
            ),
        ),
    ]
