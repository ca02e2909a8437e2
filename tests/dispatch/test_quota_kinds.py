"""Whatever makes something that others see, or that is kept, says which kind: a new command cannot forget it."""

from typing import Any

import commands
from bot.dispatch.menu.card_answers import CardAction, CardWord
from bot.dispatch.menu.command import Verb
from bot.dispatch.menu.menu import Menu
from bot.quotas import KINDS

COUNTS_BY_ITSELF = {
    "admin.community.link",
    "doc.search.doc",
    "fiche.sheet.sheet_",
    "defi.challenge.challenge",
    "equipe.team.team",
    "idee.idea.idea",
    "appui.support.support",
    "fiche.synthesis.synthesis_",
    "merci.merci.merci",
}
"""A part of what it does makes something."""
SHOWS = """
    admin.admin.admin admin.community.overview admin.dashboard.dashboard admin.dashboard.opinions
    admin.dashboard.participation admin.dashboard.search admin.dashboard.volunteers
    admin.resources.duplicates.duplicates admin.resources.failed_searches.searches
    admin.mutual_help.figures admin.mutual_help.simulation admin.mutual_help.who admin.resources.resources.archived
    admin.rooms.protection.overview
    admin.resources.resources.listed admin.resources.resources.overview admin.rooms.room.overview admin.start.steps
    admin.resources.synonyms.overview admin.team.overview admin.topics.overview admin.undo.overview
    aide.charter aide.contact aide.help_ bonjour.greet diagnostic.diagnostic
    doc.answers.pick doc.search.search_again expert.ask.mine expert.correct.as_it_was
    expert.correct.to_be_corrected expert.exchange.exchanges expert.offers.clarify
    digest.digest.shown expert.offers.offers expert.volunteers_room.clarify fiche.review.clarify fiche.sheet.mine
    fiche.sheet.to_review fiche.journey.circulating.refuse moi.me.mine moi.me.privacy idee.listed.listed idee.own.mine
    admin.support.listed.every admin.support.themes.support
    moi.profile.begins moi.profile.leaves ping.ping rdv.overview.month rdv.overview.rdv
"""
"""What only shows what there is; `!rdv R-7 …` goes on to a verb of its own."""
PREVIEWS = """
    admin.erase.ask admin.community.create admin.community.unlink admin.rooms.language.language
    admin.mutual_help.add admin.mutual_help.delay admin.mutual_help.remove admin.resources.resources.archive
    admin.resources.resources.change admin.rooms.protection.off admin.rooms.protection.remove
    admin.rooms.protection.warn admin.resources.resources.merge admin.resources.resources.publish
    admin.rooms.room.experts admin.rooms.room.help_ admin.rooms.room.main admin.settings.any_setting
    admin.settings.charter_text admin.settings.contacts admin.settings.how_long admin.settings.rhythm_of_digest
    admin.settings.welcome_text admin.rooms.room.moderation admin.rooms.room.public admin.resources.synonyms.add
    admin.resources.synonyms.remove admin.team.add admin.team.remove admin.topics.add admin.topics.remove
    admin.topics.rename admin.undo.ask expert.cancel.cancel expert.leave.leave moi.data.forget
    rdv.changes.change.cancel rdv.changes.change.move rdv.new.new rdv.after.published_minutes.minutes
    admin.without_team.name admin.challenge.by_number admin.challenge.open_ admin.rooms.language.language
    admin.resources.resources.archive admin.resources.resources.change admin.rooms.protection.off
    admin.rooms.protection.remove admin.rooms.protection.warn admin.resources.resources.merge
    admin.resources.resources.publish admin.rooms.room.experts admin.rooms.room.help_ admin.rooms.room.main
    admin.rooms.room.moderation admin.rooms.room.public admin.resources.synonyms.add admin.resources.synonyms.remove
    admin.support.themes.open_ admin.support.themes.close admin.support.themes.room
           rdv.changes.change.cancel rdv.changes.change.move rdv.after.published_minutes.minutes
"""
"""What shows a preview: its form says what a yes makes."""
TAKES_BACK = """
    doc.answers.not_useful_after_all doc.answers.not_useless_after_all expert.ask.cancel expert.ask.drop
    expert.ask.solved expert.become.give_up expert.become.refuse expert.clarify.nothing
    expert.clarify.no_answer expert.ask.nothing_to_ask
    expert.offers.reconsider digest.digest.leave_out_meetup digest.digest.leave_out_minutes
    digest.digest.leave_out_resource
    appui.apply.not_now
    fiche.review.nothing fiche.write.not_now fiche.journey.trying.untap fiche.journey.trying.nothing
    fiche.journey.circulating.nothing
    expert.offers.take_back expert.volunteers_room.reconsider expert.volunteers_room.take_back rappel.cancel
    idee.support.not_me merci.applause.no_more rdv.answers.takes_maybe_back idee.community.not_now defi.vote.no_star
    equipe.asked.yes_taken_back rdv.answers.takes_no_back rdv.answers.takes_yes_back rdv.dates.unvote
    rdv.day.tables.untapped rdv.day.themes.unvote rdv.own.no_bell
"""
"""What ends or undoes a thing that was counted when it was made."""
NEVER_REFUSED = """
    expert.ask.send stop.no_more stop.once_more digest.digest.stop digest.digest.stop_in_words
    moi.subscriptions.stop moi.subscriptions.stop_in_words
"""
"""To be left in peace; and to send a question that was counted when it was written."""
MAKES_NOTHING = set(f"{SHOWS}{PREVIEWS}{TAKES_BACK}{NEVER_REFUSED}".split())


def declared() -> dict[str, set[str | None]]:
    """Every handler of the menu, with the kinds that its declarations name; forms by their name."""
    found: dict[str, set[str | None]] = {}
    for command in Menu.of(commands):
        declarations: list[Verb | CardAction | CardWord] = [*command.verbs, *command.actions, *command.words]
        for part in declarations:
            handler: Any = part.handler
            name = f"{handler.__module__.removeprefix('commands.')}.{handler.__name__}"
            found.setdefault(name, set()).add(part.makes)
        for form in command.forms:
            found.setdefault(f"form {form.name}", set()).add(form.makes)
    return found


def test_what_names_no_kind_is_known_to_make_nothing() -> None:
    silent = {name for name, kinds in declared().items() if None in kinds}
    assert silent == MAKES_NOTHING | COUNTS_BY_ITSELF


def test_every_kind_that_is_named_has_a_number() -> None:
    named = set().union(*declared().values()) - {None}
    assert named <= set(KINDS)


def test_nothing_stands_in_two_lists() -> None:
    lists = [set(words.split()) for words in (SHOWS, PREVIEWS, TAKES_BACK, NEVER_REFUSED)]
    assert sum(map(len, lists)) == len(MAKES_NOTHING)
