"""How those who look after a community ask, without any command, how it is."""

DASHBOARD = (
    "ou en est [notre] communaute",
    "ou en sont les demandes [de la communaute] [en ce moment]",
    "comment va [notre] communaute",
    "comment se porte [notre] communaute",
    "[voir] le tableau de bord [de la communaute]",
    "quels sont les chiffres de la communaute",
    "[voir] les chiffres de la communaute",
    "~ voir (le tableau de bord|les chiffres de la communaute)",
    "& communaute (chiffres|tableau|activite)",
    "how is the community [doing]",
    "[show me] the dashboard",
    "[show me] the figures of the community",
)
PICTURE = (
    "[voir] l'activite [de la communaute] en image",
    "[voir] (le graphique|les courbes) [d'activite] [de la communaute]",
    "[show me] a picture of the community",
)
