"""Promises of what a team sets: it is shown with its range, previewed, done once, and taken back exactly."""

from itertools import chain, permutations

from bot.communities.settings import settings
from bot.nouns import every_setting
from tests import phone
from tests.chat import ANA, BOSS, CLEO, MODO, Chat
from tests.statements import counted

TOO_LONG = "a " * 2_500
REFUSED = (
    ("!admin réglage vague1 trois", "Écrivez un nombre entier, de 1 personne à 20 personnes."),
    ("!admin réglage vague1 3 jours", "Écrivez un nombre entier"),
    ("!admin réglage vague1 21", "de 1 personne à 20 personnes"),
    ("!admin réglage délai vague 2 : 90 jours", "de 1 heure ouvrée à 80 heures ouvrées"),
    ("!admin réglage fuseau Atlantide", "Je ne connais pas ce fuseau horaire."),
    ("!admin réglage langue volapük", "Écrivez l'un de ces mots\u00a0: français, anglais"),
    ("!admin réglage vage1 3", "Vouliez-vous dire !admin réglage vague1\u00a0?"),
    ("!admin réglage garde avertir", "Vouliez-vous dire !admin protection"),
    ("!admin réglage delai_acceptation 2 : 90 jours", "de 1 heure ouvrée à 80 heures ouvrées"),
    ("!admin réglage seuil_effectif_anonymat 4", "de 5 réponses à 50 réponses"),
    ("!admin réglage couleur bleu", "Je ne connais pas de réglage «\u00a0couleur bleu\u00a0»."),
    ("!admin réglage vague1 2 personnes", "C'est déjà le cas\u00a0: 2 personnes (valeur habituelle)"),
    ("!admin réglage langue fr", "C'est déjà le cas\u00a0: français"),
    (f"!admin accueil {TOO_LONG}", "la limite est de 200."),
    ("!admin accueil " + "a\n" * 40, "40 lignes sur un téléphone\u00a0; la limite est de 5."),
    (f"!admin réglage charte {TOO_LONG}", "la limite est de 800."),
    ("!admin réglage charte " + "a\n" * 21, "21 lignes sur un téléphone\u00a0; la limite est de 20."),
    ("!admin accueil Patient 1 84 12 76 451 089 46", "sans cette donnée"),
)
KNOWN = ("vague1 4", "langue en", "accueil « Bienvenue »")


async def state(chat: Chat) -> list[tuple[object, ...]]:
    rows = await chat.rows("SELECT community, key, value FROM community_setting ORDER BY community, key")
    columns = await chat.rows("SELECT slug, language, time_zone, contact FROM community ORDER BY slug")
    return [*rows, *columns]


async def test_a_setting_is_found_by_its_number_shown_with_its_range_and_set_after_a_yes(chat: Chat) -> None:
    await chat.says(MODO, "!admin réglage")
    while " vague1\u00a0:" not in chat.last.text:
        await chat.says(MODO, "suite")
    number = next(line.partition(".")[0] for line in chat.last.lines if " vague1\u00a0:" in line)
    await chat.says(MODO, number)
    assert chat.last.lines[1:3] == [
        "- Aujourd'hui\u00a0: 2 personnes (valeur habituelle)",
        "- Possible\u00a0: de 1 personne à 20 personnes",
    ]

    await chat.says(MODO, "!admin réglage Vague_1 = 3")
    assert "- Ensuite\u00a0: 3 personnes" in chat.last.lines
    assert "Cela vaut dès le prochain groupe de volontaires que je sollicite." in chat.last.lines
    await chat.says(MODO, "oui")
    assert chat.last.lines[0] == "C'est réglé. vague1\u00a0: 3 personnes"

    await chat.confirms(MODO, "!admin réglage vague1 défaut")
    assert chat.last.lines[0] == "C'est réglé. vague1\u00a0: 2 personnes (valeur habituelle)"
    assert await chat.rows("SELECT * FROM community_setting") == []


async def test_what_cannot_be_set_is_refused_with_what_can_and_nothing_changes(chat: Chat) -> None:
    before, wrong = await state(chat), []
    for line, sentence in REFUSED:
        await chat.says(MODO, line)
        said = chat.last.text
        await chat.says(MODO, "non")
        wrong += [] if sentence in said else [(line, said)]
    assert wrong == []
    assert await state(chat) == before


async def test_three_settings_are_taken_back_in_any_order_and_all_is_as_before(chat: Chat) -> None:
    before, wrong = await state(chat), []
    for order in permutations(range(3)):
        for words in KNOWN:
            await chat.confirms(MODO, f"!admin réglage {words}")
        made = await chat.rows("SELECT id FROM undo WHERE undone_at IS NULL ORDER BY id DESC LIMIT 3")
        for place in order:
            await chat.confirms(MODO, f"!admin annuler {made[place][0]}")
        wrong += [] if await state(chat) == before else [order]
    assert wrong == []


async def test_of_two_moderators_at_once_the_second_changes_nothing_unseen(chat: Chat) -> None:
    await chat.confirms(BOSS, f"!admin équipe ajouter {CLEO}")
    await chat.says(CLEO, "!admin réglage vague1 5")
    await chat.confirms(MODO, "!admin réglage vague1 4")

    await chat.says(CLEO, "oui")

    assert "Ce réglage a changé entre-temps\u00a0: je n'ai rien modifié." in chat.last.text
    assert await chat.rows("SELECT value FROM community_setting") == [("4",)]


async def test_a_demoted_moderator_s_yes_sets_nothing(chat: Chat) -> None:
    await chat.says(MODO, "!admin réglage vague1 4")
    chat.homeserver.event(chat.room, "m.room.power_levels", BOSS, {"users": {BOSS: 100}}, state_key="")

    await chat.says(MODO, "oui")

    assert "réservée à l'équipe" in chat.last.text
    assert await chat.rows("SELECT * FROM community_setting") == []


async def test_members_read_whom_to_turn_to_as_the_team_wrote_it(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin contact « equipe@exemple.fr »")
    await chat.confirms(MODO, "!admin contact dpo Marie, 01 02 03 04 05")
    await chat.confirms(MODO, "!admin contact responsable CHU de Nulle-Part, direction générale")

    await chat.says(ANA, "!aide contact")

    assert "Contact de la communauté Numérique en santé\u00a0: equipe@exemple.fr" in chat.last.lines
    assert any(line.endswith("Numérique en santé\u00a0: Marie, 01 02 03 04 05") for line in chat.last.lines)
    assert any(
        line.endswith("Numérique en santé\u00a0: CHU de Nulle-Part, direction générale") for line in chat.last.lines
    )
    other = await chat.opens("!rse:example.org", community="rse")
    await chat.says(ANA, "!aide contact", room=other)
    assert "exemple.fr" not in chat.last.text


async def test_a_text_of_the_team_is_shown_as_it_was_written_without_what_cannot_be_seen(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin accueil « Bienvenue\u202e à tous.\nLa charte : https://exemple.fr/charte »")
    await chat.says(MODO, "!admin accueil")
    assert chat.last.lines[2:4] == ["Bienvenue à tous.", "La charte : https://exemple.fr/charte"]


async def test_a_number_is_read_with_its_unit_as_people_write_it(chat: Chat) -> None:
    wrong = []
    for typed in ("2", "2 jours", "2 jours ouvrés", "2j", "2 j.", "2 jour", "2 working days", "2 days", " : 2 jours."):
        await chat.says(MODO, f"!admin réglage nouvelles {typed}")
        wrong += [] if "- Ensuite\u00a0: 2 jours ouvrés" in chat.last.lines else [(typed, chat.last.text)]
        await chat.says(MODO, "non")
    for typed in ("2 heures", "2 jours ouvrables", "2 jours ouvrés et demi", "2,5 jours", "-2", "deux"):
        await chat.says(MODO, f"!admin réglage nouvelles {typed}")
        wrong += [] if "Écrivez un nombre entier" in chat.last.text else [(typed, chat.last.text)]
    assert wrong == []


async def test_the_list_is_read_on_a_phone(chat: Chat) -> None:
    await chat.says(MODO, "!admin réglage")
    assert phone.lines_of(chat.last.text) <= 24
    while "Pour la suite" in chat.last.text:
        await chat.says(MODO, "suite")
        assert phone.lines_of(chat.last.text) <= 24


async def test_a_delay_set_as_it_was_before_there_were_settings_is_one_of_them(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin entraide délai 4 h")
    await chat.says(MODO, "!admin réglage délai-vague2")
    assert "- Aujourd'hui\u00a0: 4 heures ouvrées" in chat.last.lines


async def test_a_new_resource_is_verified_as_often_as_the_team_set(chat: Chat) -> None:
    before = await chat.rows("SELECT DISTINCT interval_months FROM resource")
    await chat.confirms(MODO, "!admin réglage verification-doc 6 mois")
    await chat.confirms(ANA, "!doc proposer https://example.org/trier Trier les déchets du bloc")
    assert before == [(12,)]
    assert await chat.rows("SELECT interval_months FROM resource WHERE url = 'https://example.org/trier'") == [(6,)]


async def everything(chat: Chat) -> list[object]:
    async with chat.database.reading() as tx:
        return [await settings.value(tx, "numerique", setting) for setting in every_setting()]


async def test_what_is_set_is_read_once_and_anew_after_a_change(chat: Chat) -> None:
    before = await everything(chat)
    with counted() as asked:
        await everything(chat)
    await chat.confirms(MODO, "!admin réglage vague1 4")

    assert len(asked.statements) <= (0 if chat.database.is_sqlite else 1)
    assert [(old, new) for old, new in zip(before, await everything(chat), strict=True) if old != new] == [(2, 4)]


async def test_a_text_of_the_team_is_cleared_by_a_word(chat: Chat) -> None:
    await chat.confirms(MODO, "!admin accueil Bienvenue.")
    await chat.confirms(MODO, "!admin accueil effacer")
    assert await chat.rows("SELECT key FROM community_setting") == []


async def test_words_that_several_keys_begin_with_show_these_and_others_lead_where_they_are_set(chat: Chat) -> None:
    wrong = []
    for typed, said in (
        ("réglage rappels", "2. rappel-avant"),
        ("réglage conservation", "4. conservation-inscriptions"),
        ("conservation", "combien de temps je le garde\u00a0: !moi confidentialité"),
        ("réglage protection masquer", "ne se règle pas ici. Vouliez-vous dire !admin protection\u00a0?"),
        ("digest hebdo", "- Ensuite\u00a0: hebdomadaire"),
        ("réglage digest mens.", "- Ensuite\u00a0: mensuel"),
        ("charte Chacun répond.", "Chacun répond."),
        ("réglage digest he", "désactivé, hebdomadaire, mensuel"),
    ):
        await chat.says(MODO, f"!admin {typed}")
        wrong += [] if said in chat.last.text else [(typed, chat.last.text)]
        await chat.says(MODO, "non")
    assert wrong == []
    assert await chat.rows("SELECT * FROM community_setting") == []


async def test_who_reads_english_reads_and_writes_every_setting_in_english(chat: Chat) -> None:
    names = [sorted(setting.names) for setting in every_setting()]
    assert len(set(chain(*names))) == len([*chain(*names)]), "no name is that of two settings"
    unnamed = {setting.key for setting in every_setting() if not setting.english}
    assert unnamed == {"contact", "dpo", "digest"}, "written alike in both languages"

    await chat.confirms(MODO, "!admin langue en")
    await chat.says(MODO, "!admin setting")
    assert "1. welcome: none" in chat.last.lines
    assert "accueil" not in chat.last.text
    wrong = []
    for line, name, value in (
        ("!admin setting digest weekly", "digest", "hebdomadaire"),
        ("!admin setting language English", "langue", None),
        ("!admin setting charter We answer each other.", "charte", "We answer each other."),
        ("!admin setting delay group 2 4 h", "delai-vague2", "4h"),
        ("!admin retention searches 60", "conservation-recherches", "60"),
        ("!admin réglage vague1 4", "vague1", "4"),
    ):
        await chat.confirms(MODO, line)
        said = chat.last.text
        rows = dict(await chat.rows("SELECT key, value FROM community_setting"))
        wrong += [] if rows.get(name) == value and said.startswith("It is set. ") else [(line, said, rows)]
    assert wrong == []
    await chat.says(MODO, "!admin setting languge")
    assert "Did you mean !admin setting language?" in chat.last.text
