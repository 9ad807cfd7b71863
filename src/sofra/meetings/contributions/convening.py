"""What convening brings: meetings of a format, their cycle, the desk's tasks."""

from django.utils.translation import gettext_lazy as _

from sofra.meetings.contributions.joining import Contribution

TITLE = _("Meetings")

PART = Contribution()
