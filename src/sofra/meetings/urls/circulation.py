"""Routes of circulation."""

from django.urls import URLPattern, path

from sofra.meetings.views import circulating, circulation, papers

DOCUMENTS = "meetings/<slug:format>/<slug:meeting>/documents/"
_ONE = f"{DOCUMENTS}versions/<uuid:document>/"

circulation_urls: list[URLPattern] = [
    path(DOCUMENTS, circulation.documents, name="documents"),
    path(f"{DOCUMENTS}add/", circulating.add, name="document_add"),
    path(f"{DOCUMENTS}receipts/", circulating.receipt_setting, name="document_receipts"),
    path(f"{DOCUMENTS}<uuid:document>/", circulation.document, name="document"),
    path(f"{DOCUMENTS}<uuid:document>/next/", circulating.next_version, name="document_next"),
    path(f"{_ONE}edit/", circulating.edit, name="document_edit"),
    path(f"{_ONE}withdraw/", circulating.withdraw, name="document_withdraw"),
    path(f"{_ONE}release/", circulating.release, name="document_release"),
    path(f"{_ONE}instant/", circulating.move, name="document_move"),
    path(f"{_ONE}call-off/", circulating.cancel, name="document_cancel"),
    path(f"{_ONE}recall/", circulating.recall, name="document_recall"),
    path(f"{_ONE}ask/", papers.ask, name="document_ask"),
    path(f"{_ONE}take-back/", papers.take_back, name="document_take_back"),
    path(f"{_ONE}circulate/", papers.circulate, name="document_circulate"),
    path(f"{_ONE}decline/", papers.decline, name="document_decline"),
    path(f"{_ONE}files/<slug:language>/", circulation.document_file, name="document_file"),
]
