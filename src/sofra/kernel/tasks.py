"""What procrastinate finds when it starts: the jobs of every room, and the work the house does by itself."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from procrastinate import JobContext
from procrastinate.contrib.django import app

from sofra.kernel import stalled
from sofra.kernel.ground.folder import open_data_folder
from sofra.kernel.keeping import heads

autodiscover_modules("jobs")


@app.periodic(cron="* * * * *", periodic_id="stalled")
@app.task(name="kernel.take_up_stalled", queue="house", queueing_lock="kernel.take_up_stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Every minute, begin again what a killed worker left undone."""
    await stalled.take_up_stalled(context.app.job_manager, but=context.job.id)


@app.periodic(cron="7 * * * *", periodic_id="heads")
@app.task(name="kernel.export_heads", queue="house", queueing_lock="kernel.export_heads")
def export_heads(timestamp: int) -> None:
    """Export the heads of the audit chains once a day. Asked every hour, so that a house that sleeps at night does it too."""
    open_data_folder(settings.SOFRA.data)
    heads.export_daily(settings.SOFRA.data / "heads")
