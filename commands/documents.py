"""Documents as files: which kind of file somebody wants, and the file that follows an answer."""

from typing import Final

from bot.documents import markdown
from bot.documents.document import Document
from bot.documents.file_names import file_name
from bot.errors import UserError
from bot.events.room_actions import Attach, Files, Print
from bot.events.text import Text
from bot.i18n import _
from bot.resources.texts import one_line
from bot.text.plain_text import fold

PDF, MARKDOWN = "pdf", "md"
KINDS: Final = {"pdf": PDF, "papier": PDF, "paper": PDF, "md": MARKDOWN, "markdown": MARKDOWN, "texte": MARKDOWN}
"""What people call each."""


def kind_of(word: str) -> str:
    """The kind of file that a word means, a PDF for none. Raises UserError."""
    typed = fold(word).text.strip(" .!?")
    if not typed:
        return PDF
    if typed not in KINDS:
        sentence = _("I make no file of the kind “{word}”, but these: `pdf` to print it, `md` to change it.")
        raise UserError(sentence.format(word=one_line(word, longest=20)))
    return KINDS[typed]


def as_file(document: Document, kind: str, *names: str) -> Files:
    """The document as a file of this kind; what it is called is made of these names."""
    name = file_name(*names, ending=kind)
    if kind == PDF:
        return Files((Print(name, document.kept()),), Text.of(_("I could not make or send the file. Ask for `md`.")))
    lost = Text.of(_("The homeserver did not take the file: ask whoever operates this bot for it."))
    return Files((Attach(name, "text/markdown", markdown.written(document), threaded=False),), lost)
