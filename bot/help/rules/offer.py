"""One offer of a request to one volunteer, and how those of one request depend on one another."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum
from typing import Final


class OfferStatus(StrEnum):
    """What became of an offer."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"  # its time has passed; a yes is still welcome
    WITHDRAWN = "withdrawn"  # somebody else accepted, or the volunteer is gone


class OfferTrigger(StrEnum):
    """What happens to an offer."""

    ACCEPT = "accept"
    DECLINE = "decline"
    EXPIRE = "expire"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"  # the volunteer removes a yes or a no
    RENEW = "renew"  # the one who had accepted took it back


_S, _T = OfferStatus, OfferTrigger

OFFER_TRANSITIONS: Final[Mapping[tuple[OfferStatus, OfferTrigger], OfferStatus]] = {
    (_S.SENT, _T.ACCEPT): _S.ACCEPTED,
    (_S.SENT, _T.DECLINE): _S.DECLINED,
    (_S.SENT, _T.EXPIRE): _S.EXPIRED,
    (_S.SENT, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.EXPIRED, _T.ACCEPT): _S.ACCEPTED,
    (_S.EXPIRED, _T.DECLINE): _S.DECLINED,
    (_S.EXPIRED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.DECLINED, _T.ACCEPT): _S.ACCEPTED,
    (_S.DECLINED, _T.TAKE_BACK): _S.SENT,
    (_S.ACCEPTED, _T.TAKE_BACK): _S.SENT,
    (_S.ACCEPTED, _T.WITHDRAW): _S.WITHDRAWN,
    (_S.WITHDRAWN, _T.RENEW): _S.SENT,
}

Offers = Mapping[str, OfferStatus]


def moved(offers: Offers, volunteer: str, trigger: OfferTrigger) -> Offers:
    """The offers of a request, by volunteer, after something happened to one.

    ValueError when it means nothing for that offer, or when somebody else has accepted already.
    """
    target = OFFER_TRANSITIONS.get((offers[volunteer], trigger))
    if target is None:
        raise ValueError(f"{trigger} means nothing for an offer that is {offers[volunteer]}")
    if accepted_by(offers) not in (None, volunteer):
        if target is OfferStatus.ACCEPTED:
            raise ValueError("somebody has accepted already")
        # A no that is removed too late leaves nothing to answer.
        target = OfferStatus.WITHDRAWN if target is OfferStatus.SENT else target
    return {**offers, volunteer: target}


def accepted_by(offers: Offers) -> str | None:
    """Who accepted: one volunteer at most."""
    return next((who for who, status in offers.items() if status is OfferStatus.ACCEPTED), None)


def accepted(offers: Offers, volunteer: str) -> Offers:
    """The volunteer takes the request, and the offers still open to others are withdrawn."""
    return _each(moved(offers, volunteer, OfferTrigger.ACCEPT), OfferTrigger.WITHDRAW, but={volunteer})


def taken_back(offers: Offers, volunteer: str, *, gone: Collection[str] = ()) -> Offers:
    """The volunteer removes the yes; those who had to make way may answer again, except who is `gone`."""
    if offers[volunteer] is not OfferStatus.ACCEPTED:
        raise ValueError("nobody takes back what they have not accepted")
    return _each(moved(offers, volunteer, OfferTrigger.TAKE_BACK), OfferTrigger.RENEW, but=gone)


def all_declined(statuses: Iterable[OfferStatus]) -> bool:
    """Whether a whole group said no, so that the next may be asked at once."""
    group = list(statuses)
    return bool(group) and all(status is OfferStatus.DECLINED for status in group)


def _each(offers: Offers, trigger: OfferTrigger, *, but: Collection[str]) -> Offers:
    return {
        who: status if who in but else OFFER_TRANSITIONS.get((status, trigger), status)
        for who, status in offers.items()
    }
