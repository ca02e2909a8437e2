"""A chart as a community has it."""

from bot.pictures.chart import Chart, Row

CHART = Chart(
    title="Tarifs à l'acte : 10 $ ou 20 $ ?",
    period="Douze semaines, du 19 octobre 2026 au 5 janvier 2027",
    weeks=[f"{day} nov." for day in range(12)],
    rows=[
        Row("Recherches : 1500", [0, 3, 1200, 0, 40, 7, 0, 0, 130, 100, 19, 1]),
        Row("Demandes : environ 10", [0, None, 0, 6, 0, 0, 0, 0, 0, None, None, 0]),
        Row("Réponses : 0", [0] * 12),
        Row("Rencontres : 12", [1] * 12),
    ],
    ongoing="Dernier point, vide : la semaine en cours",
    least=5,
    few="< 5",
)
