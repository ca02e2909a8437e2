"""A sheet is written in private, one message a question, left and taken up again; nothing of it is lost."""

from tests.chat import ANA, BEN, MODO, Chat
from tests.sheets.writing import DONE, NEED, RESULT, answers, kept, shown, to, writes

N = "\u00a0"
TWO, THREE = "2 sur 3.", "3 sur 3."


async def test_begun_in_a_room_it_is_written_in_private_also_after_a_restart(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await chat.says(ANA, "!fiche")
    assert [said.text for said in chat.messages if said.room_id == chat.room] == [
        "Je vous écris en privé, où vous pourrez la rédiger."
    ]
    await chat.restarts()
    await chat.reacts(ANA, "✅", shown(chat, ANA), room=room)
    assert chat.last.text.startswith("1 sur 3.")
    await answers(chat, ANA, NEED)
    await chat.restarts()
    await answers(chat, ANA, DONE, RESULT)

    assert chat.last.text.startswith("Fiche à vérifier")
    assert {(await kept(chat))[name] for name in ("need", "done", "result")} == {NEED, DONE, RESULT}


async def test_left_it_says_what_stays_and_goes_on_where_it_was(chat: Chat) -> None:
    await answers(chat, ANA, "!fiche", NEED, "annuler")
    assert chat.last.lines[0] == "Ce que vous avez écrit reste (F-1), pour vous seulement."
    await answers(chat, ANA, "!fiche")
    assert chat.last.text.startswith(TWO)
    await chat.passes(hours=25)
    assert chat.last.lines[0] == "Ce que vous avez écrit reste (F-1), pour vous seulement."
    chat.forget()
    await chat.passes(days=30)
    (reminder,) = to(chat, ANA)
    assert reminder.text.startswith("Vous aviez commencé une fiche")
    await chat.reacts(ANA, "✅", reminder)
    assert chat.last.text.startswith(TWO)
    await answers(chat, ANA, "annuler", "!fiche F-1 retirer", "oui")
    assert ((await kept(chat))["status"], (await kept(chat))["need"]) == ("withdrawn", "")


async def test_what_cannot_be_taken_gets_a_sentence_and_loses_nothing(chat: Chat) -> None:
    await answers(chat, ANA, "!fiche", NEED)
    room = await chat.direct(ANA)
    said = {
        "x" * 20_000: "Votre message compte 20000 caractères",
        "x" * 3_001: f"Cela fait 3001 caractères{N}; 3000 au plus",
        "…": "Dites-le en quelques mots",
        "Mme Dupont, née le 12/03/1941, patiente": "contenir",
    }
    wrong = []
    for text, sentence in said.items():
        await answers(chat, ANA, text)
        if sentence not in chat.last.text:
            wrong.append((text[:20], chat.last.text))
    picture = {"msgtype": "m.image", "body": "schema.png", "url": "mxc://a/b"}
    await chat.does(ANA, "m.room.message", picture, room=room)
    assert chat.last.lines[-1] == f"Ma question attend toujours{N}: répondez-y en quelques mots."
    assert wrong == []
    assert "x" not in (await kept(chat))["done"]
    await answers(chat, ANA, DONE)
    assert chat.last.text.startswith(THREE)
    chat.forget()
    for _each in range(2):
        await chat.does(ANA, "m.room.message", picture, room=room)
    assert len(chat.messages) == 1, "once for each question"
    assert await chat.rows("SELECT id FROM sheet WHERE done LIKE '%%Dupont%%'") == []


async def test_an_answer_that_is_changed_or_deleted_is_changed_or_deleted_in_the_draft(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await answers(chat, ANA, "!fiche")
    need = await chat.says(ANA, "Les entrées prennaient du temps.", room=room)
    done = await chat.says(ANA, DONE, room=room)
    await chat.edits(ANA, need, NEED, room=room)
    assert chat.last.text.startswith(THREE)
    assert ((await kept(chat))["need"], (await kept(chat))["title"]) == (NEED, NEED.partition(".")[0])
    await chat.redacts(ANA, done, room=room)
    assert chat.last.text.startswith("C'est retiré de Les entrées en EHPAD")
    assert (await kept(chat))["done"] == ""
    await answers(chat, ANA, "!fiche")
    assert chat.last.text.startswith(TWO)
    await answers(chat, ANA, DONE)

    assert chat.last.text.startswith(THREE)


async def test_an_answer_that_is_changed_too_late_changes_nothing_and_how_to_is_said(chat: Chat) -> None:
    """Right after it is submitted, once its preview is over, and once it is published."""
    room = await chat.direct(ANA)
    await answers(chat, ANA, "!fiche")
    need = await chat.says(ANA, NEED, room=room)
    await answers(chat, ANA, DONE, RESULT, "!fiche F-1 soumettre")
    said = []
    for hours in (0, 1):
        await chat.passes(hours=hours)
        await chat.edits(ANA, need, "Un tout autre besoin", room=room)
        said.append(chat.last.lines)
    await answers(chat, MODO, "!fiche F-1 publier")
    await chat.edits(ANA, need, "Un tout autre besoin", room=room)
    said.append(chat.last.lines)
    await answers(chat, ANA, "!fiche F-1 réviser")
    await chat.edits(ANA, need, "Un tout autre besoin", room=room)
    said.append(chat.last.lines)

    title = "Les entrées en EHPAD étaient saisies deux fois (F-1)"
    nothing = f"Rien n'a changé dans la fiche{N}: votre message était déjà lu. {title}{N}: "
    back = f"Pour la modifier, supprimez votre message{N}: la fiche revient vers vous, et vous réécrivez cette partie."
    assert said == [
        *[[f"{nothing}en relecture.", back]] * 2,
        [f"{nothing}publiée.", f"Pour la modifier{N}: !fiche F-1 réviser"],
        [f"{nothing}publiée, à vérifier.", f"Pour modifier cette partie{N}: !fiche F-1 besoin …"],
    ]
    assert (await kept(chat))["need"] == NEED


async def test_whoever_deletes_an_answer_that_others_read_learns_that_the_sheet_still_says_it(chat: Chat) -> None:
    room = await chat.direct(ANA)
    await answers(chat, ANA, "!fiche")
    need = await chat.says(ANA, NEED, room=room)
    await answers(chat, ANA, DONE, RESULT, "oui")
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    await chat.redacts(ANA, need, room=room)
    assert chat.sent[-1].text.startswith("Votre message est supprimé")
    assert "!fiche F-1 retirer" in chat.sent[-1].text
    assert (await kept(chat))["need"] == NEED


async def test_what_completes_it_is_said_by_its_word(chat: Chat) -> None:
    await writes(chat)
    lines = {
        "type retex": ("kind", "retex"),
        "territoire bretagne": ("fields", "{'territory': 'Bretagne'}"),
        "titre Un seul dossier d'entrée": ("title", "Un seul dossier d'entrée"),
        "ingrédients 2, territoire": ("ingredients", "['ingrédient-2', 'ingrédient-4']"),
        "sujet interopérabilité": ("topics", "['interoperabilite']"),
        "enjeu numérique": ("stakes", "['numérique']"),
        "aidants Deux aidantes ont relu le dossier": ("fields", "Deux aidantes"),
        "pérenniser un secrétariat": ("fields", "'lasting': 'un secr"),
    }
    wrong = []
    for line, (column, value) in lines.items():
        await answers(chat, ANA, f"!fiche F-1 {line}")
        if value not in str((await kept(chat))[column]):
            wrong.append((line, chat.last.text, (await kept(chat))[column]))
    assert wrong == []
    refused = {
        "ingrédient 1 2 3 4": "Choisissez-en un à trois",
        "type poème": "Je connais ces types",
        "sujet jardinage": "Choisissez jusqu'à trois sujets",
        "enjeu paix": "Je connais ces enjeux",
        "territoire jardin": "Je ne connais pas",
        "couleur bleu": f"Je ne sais pas ce que «{N}couleur{N}» veut dire",
    }
    for line, sentence in refused.items():
        await answers(chat, ANA, f"!fiche F-1 {line}")
        if sentence not in chat.last.text:
            wrong.append((line, chat.last.text, ""))
    assert wrong == []
    await answers(chat, ANA, "!fiche F-1 soumettre", "!fiche F-1 conditions trop tard")
    assert f"Ce n'est pas possible dans l'état de cette fiche{N}: en relecture" in chat.last.text
    await chat.reacts(MODO, "✅", shown(chat, MODO))
    found = []
    for search in (
        "!doc ingrédient territoire",
        "!doc retex",
        "!doc fiche numériques",
        "!doc fiche Bretagne",
        "!doc retex ingrédient 2 dossier",
    ):
        await chat.says(BEN, search)
        found.append("Un seul dossier d'entrée" in chat.last.text)
    assert all(found), found
    await chat.says(BEN, "!doc ingrédient 5")
    assert "Un seul dossier" not in chat.last.text


async def test_in_private_plain_words_begin_it(chat: Chat) -> None:
    said = ("Je voudrais partager une pratique", "je veux écrire une fiche", "I'd like to share what worked for us")
    begun = []
    for words in said:
        await answers(chat, ANA, words)
        begun.append(chat.last.text.split(".")[0])
        await answers(chat, ANA, "annuler")
    assert begun == ["1 sur 3"] * len(said)


async def test_nobody_else_sees_or_changes_what_is_not_published(chat: Chat) -> None:
    await writes(chat)
    for line in ("!F-1", "!fiche F-1", "!fiche F-1 conditions une salle", "!fiche F-1 soumettre", "!fiche F-1 retirer"):
        await answers(chat, BEN, line)
        assert chat.last.text == "Je ne connais pas de fiche F-1 ici.", line
    await chat.opens("!rse:example.org", community="rse")
    await chat.says(ANA, "!F-1", room="!rse:example.org")
    assert chat.last.text == "Je ne connais pas de fiche F-1 ici."
    await chat.says(ANA, "!F-1")
    assert NEED not in [said.text for said in chat.messages if said.room_id == chat.room][-1]


async def test_the_need_behind_the_command_is_changed_with_its_message(chat: Chat) -> None:
    room = await chat.direct(ANA)
    said = await chat.says(ANA, "!fiche Les entrées prenaient du temps", room=room)
    await chat.edits(ANA, said, f"!fiche {NEED}", room=room)
    assert chat.last.text.startswith(TWO)
    assert ((await kept(chat))["need"], (await kept(chat))["title"]) == (NEED, NEED.partition(".")[0])
    await answers(chat, ANA, DONE, RESULT)
    await chat.edits(ANA, said, "!fiche Les dossiers étaient saisis deux fois", room=room)
    assert (await kept(chat))["need"] == "Les dossiers étaient saisis deux fois"
    assert await kept(chat, 2) == {}


async def test_a_message_takes_its_words_with_it_also_a_title_and_of_whoever_signs_no_more(chat: Chat) -> None:
    own, theirs = await chat.direct(ANA), await chat.direct(BEN)
    await writes(chat)
    named = await chat.says(ANA, "!fiche F-1 titre Un titre de trop", room=own)
    await answers(chat, ANA, "!fiche F-1 avec Ben")
    await chat.reacts(BEN, "✅", shown(chat, BEN))
    said = await chat.says(BEN, "!fiche F-1 conditions Une salle", room=theirs)
    await answers(chat, BEN, "!fiche F-1 retirer")
    await chat.redacts(ANA, named, room=own)
    await chat.redacts(BEN, said, room=theirs)
    row = await kept(chat)
    assert (row["title"], row["fields"]) == ("Les entrées en EHPAD étaient saisies deux fois", {})
    assert chat.last.lines == ["C'est retiré de Les entrées en EHPAD étaient saisies deux fois (F-1)."]
