"""A search for packages is stopped while the solver works, by the seat that asked, through a real worker."""

from __future__ import annotations

import threading
import time

import pytest

from sofra.kernel import acting, jobs
from sofra.kernel.models import JobProgress
from sofra.texts import jobs as text_jobs
from sofra.texts.commands.packages import ask_packages
from sofra.texts.models import PackageSearch
from tests.keeping.job_world import work
from tests.meetings.agenda_world import make_meeting
from tests.support.world import make_world
from tests.texts.engine.hard import hard
from tests.texts.texts_world import make_text, paragraph_of, proposed


@pytest.mark.usefixtures("own_database")
def test_a_search_ends_within_seconds_of_being_asked_to_and_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world()
    text = make_text(world, make_meeting(world))
    proposed(world, "AL", paragraph_of(world, text, 1), "We build safe roads and rails.")
    began = threading.Event()

    def matrix(*_of: object) -> object:
        began.set()
        return hard()

    monkeypatch.setattr(text_jobs, "matrix_of", matrix)
    with world.act("TR"):
        progress = ask_packages(text=text, language="en", open_brackets=1).progress_id
    assert progress is not None
    worker = threading.Thread(target=work)
    worker.start()
    assert began.wait(60)
    time.sleep(2)
    assert worker.is_alive()
    with world.act("TR"):
        jobs.cancel(progress)
    asked = time.monotonic()
    worker.join(60)
    assert not worker.is_alive()
    assert time.monotonic() - asked < 20
    with acting.acting_as_house():
        row = JobProgress.objects.get(pk=progress)
        assert (row.state, row.sentence) == ("cancelled", "It was stopped as asked. Nothing was written.")
    with world.act("TR"):
        assert PackageSearch.objects.get().answer is None
