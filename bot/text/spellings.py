"""Words that are compared as one, and words that are left out of a comparison, folded: data of `bot.text.phrases`."""

from typing import Final

APART: Final = {
    "jai": "j ai",
    "jsuis": "je suis",
    "chui": "je suis",
    "chuis": "je suis",
    "cest": "c est",
    "ya": "y a",
    "til": "t il",
    "yatil": "y a t il",
    "jveux": "je veux",
    "jpeux": "je peux",
    "tes": "tes",
    "dont": "don t",
    "im": "i m",
    "cant": "can t",
    "whats": "what s",
    "pb": "probleme",
    "rdv": "rendez vous",
    "infos": "information",
    "info": "information",
    "docs": "document",
    "doc": "document",
    "documentation": "document",
    "slt": "salut",
    "bjr": "bonjour",
    "bsr": "bonsoir",
    "cc": "coucou",
    "mci": "merci",
    "dispo": "disponible",
    "qqchose": "quelque chose",
    "qqch": "quelque chose",
    "qch": "quelque chose",
    "kesk": "qu est ce que",
    "keske": "qu est ce que",
    "kesque": "qu est ce que",
    "dacc": "d accord",
    "dac": "d accord",
    "vs": "vous",
    "tas": "vous avez",
    "nn": "non",
    "ui": "oui",
    "reu": "reunion",
    "mrci": "merci",
    "tki": "vous qui",
    "vrmt": "vraiment",
    "mrc": "merci",
    "mtn": "maintenant",
    "jen": "j en",
    "jvien": "je viens",
    "jviens": "je viens",
    "nan": "non",
    "auj": "aujourd hui",
    "ajd": "aujourd hui",
    "ns": "nous",
    "pr": "pour",
    "ts": "tous",
    "tt": "tout",
    "koi": "quoi",
    "ki": "qui",
    "ke": "que",
    "pk": "pourquoi",
    "pq": "pourquoi",
    "g": "j ai",
    "tps": "temps",
    "qqun": "quelqu un",
    "quelquun": "quelqu un",
    "quelqun": "quelqu un",
    "kelkun": "quelqu un",
    "jaimerais": "je veux",
    "jvoudrais": "je veux",
    "jcherche": "je cherche",
    "jsais": "je sais",
    "qq": "quelqu",
    "1er": "premier",
    "1ere": "premier",
    "first": "premier",
    "msg": "message",
    "msgs": "messages",
    "bcp": "beaucoup",
    "wanna": "want to",
    "pls": "please",
    "u": "you",
    "thats": "that s",
}
"""Written as one word, or short."""

_SAME: Final = {
    "je": ("j",),
    "me": ("m", "moi"),
    "vous": ("tu", "t", "te", "toi"),
    "votre": ("ton", "ta", "tes", "vos"),
    "mon": ("ma", "mes"),
    "notre": ("nos",),
    "ce": ("c", "ca", "sa", "cela", "cet", "cette", "ces"),
    "que": ("qu",),
    "en": ("dans",),
    "veux": (
        "veut",
        "veu",
        "voudrais",
        "voudrai",
        "souhaite",
        "souhaiterais",
        "souhaiterions",
        "voudrions",
        "aimerions",
        "aimerais",
        "aimerai",
        "souhaitons",
        "voulons",
    ),
    "peux": (
        "peut",
        "pouvez",
        "pourrais",
        "pourrai",
        "pourriez",
        "pourrait",
        "pourras",
        "pourrez",
        "pourrions",
        "puis",
        "puisje",
    ),
    "connais": ("connaissez", "connait", "connaitriez", "connaissons", "connaitrais"),
    "avez": ("as", "aurais", "auriez"),
    "sais": ("savez", "sait", "sauriez"),
    "fais": ("fait", "faire", "faites", "fasse"),
    "dis": ("dites", "dire"),
    "rendez": ("rdv",),
    "quel": ("quelle", "quels", "quelles"),
    "inscris": ("reinscris", "reinscrire", "inscrire", "inscrivez", "reinscrivez"),
    "volontaire": ("benevole",),
    "rencontre": ("reunion", "webinaire", "evenement", "meetup", "meeting"),
    "conge": ("vacance", "vacances", "conges", "holiday", "holidays", "leave"),
    "donnees": ("donnee",),
    "expert": ("experte",),
    "absent": ("absente",),
    "disponible": ("disponibles",),
    "prochain": ("next",),
    "pareil": (),
}
SAME: Final = {word: one for one, others in _SAME.items() for word in others}
"""Each word by the one that it is compared as."""

_DROPPED: Final = (
    "le la les l un une des d de ne n s se the an euh heu hum donc alors ben bah bien vraiment juste aussi tres peu "
    "petit petite just really"
)
DROPPED: Final = frozenset(_DROPPED.split())
"""Words that change nothing."""

FILLERS: Final = (
    "finalement",
    "ici",
    "svp",
    "stp",
    "merci",
    "trop",
    "encore",
    "plutot",
    "toujours",
    "maintenant",
    "vite",
)
"""Words that only stress or soften what is asked, wherever they stand; left out if nothing is found with them."""

LEADS: Final = (
    *("bonjour", "bonsoir", "salut", "hello", "hi", "hey", "coucou", "relais", "cher relais", "bonjour a tous"),
    *("bonjour à toutes et à tous", "ok", "merci", "pardon", "excusez-moi", "excuse-moi", "désolé", "désolée", "dis"),
    *("dites", "dis-moi", "dites-moi", "s'il vous plaît", "svp", "stp", "please", "s'il te plaît", "est-ce que"),
    *(
        "est-ce qu'",
        "bon",
        "en fait",
        "finalement",
        "malheureusement",
        "ah",
        "oh",
        "et",
        "du coup",
        "sorry",
        "excuse me",
        "good morning",
    ),
)
"""What stands before what people want."""
TAILS: Final = (
    *("s'il vous plaît", "s'il te plaît", "svp", "stp", "please", "merci", "merci beaucoup", "merci d'avance"),
    *("merci bien", "thanks", "thank you", "relais", "bonne journée", "cordialement", "bonne soirée", "les amis"),
    *("au juste", "exactement", "hélas", "du coup", "encore merci", "merci à vous", "quand même", "à la fin", "deja"),
    *("concrètement", "si besoin", "au besoin", "si possible", "si nécessaire", "if needed", "if possible"),
    *("complètement", "définitivement", "totalement", "rapidement", "au plus vite", "dans la vie", "hein"),
    *("en fait", "en ce moment", "maintenant", "exactly", "du coup"),
    *("pour le moment", "pour l'instant", "en ce moment", "à tous", "par ici", "par hasard", "ici"),
)
"""What stands behind it."""

WISH: Final = (
    "([est ce que] (je|nous|on) veux|(on|nous) peux|peux (on|nous)|je peux|peux je|comment|comment [est ce que]"
    " [on|je] (peux|fais) [je|on] [pour]"
    "|comment (fais|faut il fais) pour|il faut|il faudrait|je (dois|besoin)|je ai besoin|je ai envie|je"
    " demande|vous peux"
    "|peux vous|merci|pensez a|i want to|i would like to|i d like to|can i|could i|can you|could you|would you"
    "|how do i|how can i|how to|i need to|i wish to|je tiens a|veuillez|prière|il est possible|est il possible"
    "|possible|serait il possible|ce est possible|je suis interesse pour) [me|nous]"
)
"""The wish in front of what is wished."""
