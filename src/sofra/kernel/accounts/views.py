"""Pages of accounts: accepting an invitation, choosing a seat, and the secretariat's list of seats."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sofra.kernel import policy
from sofra.kernel.accounts import commands, limits, mail, queries, sessions
from sofra.kernel.accounts.adapter import AccountAdapter, FactorAdapter
from sofra.kernel.accounts.forms import Accept, Invite
from sofra.kernel.asking import Asking
from sofra.kernel.doors import ANYONE, DELEGATES, SECRETARIAT, SIGNED_IN, door
from sofra.kernel.models import Account, Invitation
from sofra.kernel.pages import SEE_OTHER, actor_of, download
from sofra.kernel.refusals import NotAllowed, Refusal


@door(POST=ANYONE)
def demonstration_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in to a demonstration seat. On a server started without the demonstration there is none."""
    wanted = request.POST.get("seat", "")
    for place in queries.demonstration_seats():
        if str(place.id) == wanted and place.account_id is not None:
            account = Account.objects.get(pk=place.account_id)
            record_authentication(request, account, method="demonstration")
            AccountAdapter(request).login(request, account)
            sessions.sit(request, place.id)
            return _see(AccountAdapter(request).get_login_redirect_url(request))
    raise NotAllowed(_("This server has no such demonstration seat. Sign in with an account, or ask the secretariat."))


@door(GET=SIGNED_IN, POST=SIGNED_IN)
def seats(request: HttpRequest) -> HttpResponse:
    """Choose the seat to act as."""
    actor = actor_of(request)
    assert actor.account_id is not None
    if request.method == "POST":
        wanted = request.POST.get("seat", "")
        if not sessions.may_sit(actor.account_id, wanted):
            raise NotAllowed(_("This seat is not yours, or it was ended. Nothing was changed."))
        sessions.sit(request, UUID(wanted))
        return _see(AccountAdapter(request).get_login_redirect_url(request))
    return render(
        request, "accounts/choose.html", {"places": queries.seats_of(actor.account_id), "now_on": actor.seat_id}
    )


@door(GET=ANYONE, POST=ANYONE)
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: as a new account, or as a further seat of the account signed in."""
    offer = queries.offer(commands.digest_of(secret))
    if offer is None:
        return _no_invitation(request)
    actor = actor_of(request)
    back = offer.account_id is not None
    adds = actor.signed_in and not back
    form = (
        Form({} if request.method == "POST" else None)
        if adds
        else Accept(request.POST or None, fixed_email=offer.email, back=back)
    )
    context = {"offer": offer, "form": form, "adds": adds, "back": back}
    if request.method != "POST":
        return render(request, "accounts/invitation.html", context)
    if not form.is_valid():
        return render(request, "accounts/invitation.html", context, status=422)
    present = request.user if adds else None
    typed = {} if adds else {key: form.cleaned_data.get(key, "") for key in ("name", "email", "password")}
    try:
        account, seat_id = commands.accept(
            secret=secret,
            account=present,  # type: ignore[arg-type]
            language=get_language() or "en",
            **typed,
        )
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
        return render(request, "accounts/invitation.html", context, status=422)
    if adds:
        assert seat_id is not None
        sessions.sit(request, seat_id)
        messages.success(request, _("The seat was added to your account. You act as it now."))
        return _see(reverse("seats"))
    # Whoever just chose the password need not write it again to add the second factor.
    record_authentication(request, account, method="password", email=account.email, reauthenticated=True)
    answer = perform_login(request, Login(user=account))
    return _see(answer["Location"])


def _no_invitation(request: HttpRequest) -> HttpResponse:
    """Only what opens nothing is counted: a link that is right opens whatever others tried from the same address."""
    sentence, status = commands.closed_sentence(), 404
    try:
        limits.count(limits.INVITATION_ADDRESS, limits.address_of(request))
    except limits.TooMany as no:
        sentence, status = no.sentence, 429
    return render(request, "accounts/invitation_closed.html", {"sentence": sentence}, status=status)


@door(GET=SECRETARIAT | DELEGATES)
def all_seats(request: HttpRequest) -> HttpResponse:
    """Seats: all for the secretariat, its own for a delegation."""
    actor = actor_of(request)
    context: dict[str, Any] = {"holders": queries.holders()}
    if actor.is_secretariat:
        context |= {"invitations": queries.invitations(), "invites": True, "manages": actor.house}
    return render(request, "accounts/seats.html", context)


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody to a seat. The answer is the letter: its link is shown this once."""
    form = _invite_form(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/invite.html", {"form": form}, status=422 if request.method == "POST" else 200)
    data = form.cleaned_data
    try:
        made, secret = commands.invite(
            role=data["role"],
            party_id=UUID(data["party"]) if data["party"] else None,
            format_id=UUID(data["format"]) if data["format"] else None,
            function=data["function"],
            email=data["email"],
            days=data["days"],
        )
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, str(no.sentence))
        return render(request, "accounts/invite.html", {"form": form}, status=422)
    return _letter_page(request, made, secret)


@door(POST=SECRETARIAT)
def letter(request: HttpRequest) -> HttpResponse:
    """The letter again for whoever still has the link before them: as a file, or through the mail relay."""
    secret = request.POST.get("secret", "")
    made = Invitation.objects.filter(digest=commands.digest_of(secret)).first()
    if made is None:
        raise Http404
    until = date_format(made.expires_at, "DATETIME_FORMAT") + " UTC"
    message = mail.invitation_letter(to=made.email, link=_link(request, secret), until=until)
    if request.POST.get("by") != "relay":
        return download(bytes(message), "message/rfc822", "invitation.eml")
    try:
        if not made.email:
            raise Refusal(_("The invitation names no address. Print the letter or download it as a file."))
        mail.send(message)
    except Refusal as no:
        return _letter_page(request, made, secret, said=no.sentence, status=422)
    return _letter_page(request, made, secret, said=_("The letter was handed to the mail relay."))


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def withdraw(request: HttpRequest, invitation: UUID) -> HttpResponse:
    """Withdraw an open invitation."""
    made = queries.invitation(invitation)
    if made is None:
        raise Http404
    return _confirm(
        request,
        title=_("Withdraw an invitation"),
        sentence=_("The secretariat withdraws this invitation; its link opens nothing from now on."),
        action=_("Withdraw the invitation"),
        do=lambda: commands.withdraw(invitation=made),
        done=_("The invitation was withdrawn."),
        invitation=made,
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def revoke(request: HttpRequest, seat: UUID) -> HttpResponse:
    """End a seat."""
    found = queries.seat(seat)
    if found is None:
        raise Http404
    return _confirm(
        request,
        title=_("End a seat"),
        sentence=_("The secretariat ends this seat; whoever holds it is out of it at the next request."),
        action=_("End the seat"),
        do=lambda: commands.revoke(seat=found),
        done=_("The seat was ended."),
        seat=found,
        account=found.account,
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def end_sessions(request: HttpRequest, account: UUID) -> HttpResponse:
    """End all sessions of an account."""
    found = _managed(request, account)
    return _confirm(
        request,
        title=_("End all sessions"),
        sentence=_("The secretariat ends every session of this account, on every device."),
        action=_("End all sessions"),
        do=lambda: commands.end_sessions(account=found),
        done=_("All sessions of the account were ended."),
        account=found,
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def close(request: HttpRequest, account: UUID) -> HttpResponse:
    """Close an account."""
    found = _managed(request, account)
    return _confirm(
        request,
        title=_("Close an account"),
        sentence=_(
            "The secretariat closes this account: its sessions and its seats end, and nobody signs in with it again."
        ),
        action=_("Close the account"),
        do=lambda: commands.close(account=found),
        done=_("The account was closed."),
        account=found,
    )


@door(GET=SECRETARIAT, POST=SECRETARIAT)
def reset(request: HttpRequest, account: UUID) -> HttpResponse:
    """Take away password and factors that were lost, and invite the holder back in."""
    found = _managed(request, account)
    return _confirm(
        request,
        title=_("Reset password and second factor"),
        sentence=_(
            "The secretariat takes away the password and every second factor of this account, ends its sessions, "
            "and invites its holder back in."
        ),
        action=_("Reset and invite back"),
        do=lambda: _letter_page(request, *commands.reset(account=found)),
        account=found,
    )


@door(GET=SIGNED_IN, POST=SIGNED_IN)
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove one of one's own passkeys, unless it is the last second factor."""
    from allauth.mfa.models import Authenticator

    own = Authenticator.objects.filter(pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN).first()
    if own is None:
        raise Http404
    adapter = FactorAdapter()
    if not adapter.can_delete_authenticator(own):
        messages.error(request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return _see(reverse("mfa_index"))
    answer: HttpResponseBase = webauthn.remove_webauthn(request, pk=pk)
    return answer


def _confirm(
    request: HttpRequest,
    *,
    title: str,
    sentence: str,
    action: str,
    do: Callable[[], object],
    done: str = "",
    **more: Any,
) -> HttpResponse:
    """One serious thing: the sentence first, then the act. Back to the list of seats, unless the act answers a page."""
    asking = Asking(
        request,
        title=title,
        what=_("It is recorded in the house's audit chain."),
        back=reverse("accounts_seats"),
        action=action,
        template="accounts/confirm.html",
        more=more,
    )

    def act() -> object:
        answer = do()
        if done:
            messages.success(request, done)
        return answer

    return asking.answer(act, lambda: sentence)


def _letter_page(
    request: HttpRequest, made: Invitation, secret: str, *, said: Any = "", status: int = 200
) -> HttpResponse:
    context = {
        "invitation": made,
        "secret": secret,
        "link": _link(request, secret),
        "relay": bool(mail.relay()) and bool(made.email),
        "said": said,
    }
    return render(request, "accounts/letter.html", context, status=status)


def _link(request: HttpRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))


def _invite_form(data: Any) -> Invite:
    # Names are the lexicon's and the wordings'; a template may ask the rooms above, this file may not.
    parties = [
        (str(party.pk), render_to_string("accounts/parts/party.txt", {"party": party}).strip())
        for party in queries.parties()
    ]
    formats = [
        (str(each.pk), render_to_string("accounts/parts/format.txt", {"format": each}).strip())
        for each in queries.formats()
    ]
    return Invite(data, parties=parties, formats=formats)


def _managed(request: HttpRequest, key: UUID) -> Account:
    found = queries.account_seen(key)
    if found is None:
        raise Http404
    policy.require(actor_of(request), "accounts.manage", found)
    return found


def _see(url: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(url, status=SEE_OTHER)
