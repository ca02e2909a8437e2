"""Whatever makes something that others see, or that is kept, says which kind: a new command cannot forget it."""

import commands
from bot.dispatch.menu.command import CardAction, CardWord, Verb
from bot.dispatch.menu.menu import Menu
from bot.quotas import KINDS

COUNTS_BY_ITSELF = {"admin_communaute.link", "doc.doc"}
"""A part of what it does makes something."""
SHOWS = """
    admin.admin admin_annuler.overview admin_communaute.overview admin_debut.steps admin_doc.archived
    admin_doc.listed admin_doc.overview admin_doc_doublons.duplicates admin_entraide.figures
    admin_entraide.simulation admin_entraide.who admin_equipe.overview admin_recherches.searches
    admin_salon.overview admin_synonyme.overview aide.contact aide.help_ bonjour.greet diagnostic.diagnostic
    doc.search_again doc_reponses.pick expert.mine expert_echange.exchanges expert_offres.clarify
    expert_offres.offers expert_salon.clarify moi.mine moi.privacy ping.ping rdv.month rdv.rdv
"""
"""What only shows what there is; `!rdv R-7 …` goes on to a verb of its own."""
PREVIEWS = """
    admin_annuler.ask admin_communaute.create admin_communaute.unlink admin_doc.archive admin_doc.change
    admin_doc.merge admin_doc.publish admin_entraide.add admin_entraide.delay admin_entraide.remove
    admin_equipe.add admin_equipe.remove admin_langue.language admin_salon.experts admin_salon.help_
    admin_salon.main admin_salon.moderation admin_salon.public admin_synonyme.add admin_synonyme.remove
    moi_donnees.forget rdv_changer.cancel rdv_changer.move rdv_contenu.minutes rdv_nouveau.new
"""
"""What shows a preview: its form says what a yes makes."""
TAKES_BACK = """
    doc_reponses.not_useful_after_all doc_reponses.not_useless_after_all expert.cancel expert.drop expert.solved
    expert_devenir.give_up expert_devenir.refuse expert_offres.reconsider expert_offres.take_back
    expert_salon.reconsider expert_salon.take_back rappel.cancel rdv_dates.unvote rdv_perso.no_bell
    rdv_reponses.takes_maybe_back rdv_reponses.takes_no_back rdv_reponses.takes_yes_back
"""
"""What ends or undoes a thing that was counted when it was made."""
NEVER_REFUSED = """
    stop.no_more stop.once_more expert.send
"""
"""To be left in peace; and to send a question that was counted when it was written."""
MAKES_NOTHING = set(f"{SHOWS}{PREVIEWS}{TAKES_BACK}{NEVER_REFUSED}".split())


def declared() -> dict[str, set[str | None]]:
    """Every handler of the menu, with the kinds that its declarations name; forms by their name."""
    found: dict[str, set[str | None]] = {}
    for command in Menu.of(commands):
        declarations: list[Verb | CardAction | CardWord] = [*command.verbs, *command.actions, *command.words]
        for part in declarations:
            name = f"{part.handler.__module__.removeprefix('commands.')}.{part.handler.__name__}"
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
