"""An emergency is recognised in the words people use, and the work of emergency care is not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dispatch.answer.budget import PROCESSOR, bounded
from bot.text.emergency import speaks_of_emergency

EMERGENCIES = """
sos
SOS !
urgent
URGENT
Urgence
urgence patient
urgence vitale
URGENT : qui peut m'aider ?
Urgent, besoin d'un avis sur un traitement
C'est urgent, notre patient va mal
C’est très urgent !
c'est vraiment urgent
J'ai une demande urgente
J'ai besoin d'aide en urgence
Besoin d'aide d'urgence
Rappelez-moi en urgence s'il vous plaît
Pouvez-vous répondre en urgence ?
Qui peut m'aider, urgent
J'ai une urgence avec un résident
C'est une urgence
Il y a urgence, la dame est tombée
Au secours
à l'aide !
Un résident ne respire plus
Ma patiente respire mal depuis ce matin
Elle n'arrive plus à respirer
Le patient n'a plus de pouls
Monsieur X est inconscient
La résidente a perdu connaissance
Un collègue fait un malaise
Une visiteuse fait un AVC
Un patient est en arrêt cardiaque
Je suis en danger
Mon patient est en train de faire un infarctus
Le patient est en arrêt
La patiente est en détresse respiratoire
Un résident s'étouffe
Il saigne beaucoup
Elle perd beaucoup de sang
J'ai mal à la poitrine
Le patient a une douleur thoracique
Son pronostic vital est engagé
La résidente ne bouge plus
Le patient ne se réveille pas
Il a avalé une boîte de médicaments
Je veux mourir
j'ai envie d'en finir
Je pense à me suicider
J'ai des idées noires
J'ai des idées suicidaires
Ma collègue veut se suicider
Un résident menace de se jeter par la fenêtre
Une patiente vient de faire une tentative de suicide
Il parle de mettre fin à ses jours
Je n'ai plus envie de vivre
Je me sens mal, je veux me tuer
Un patient est suicidaire, que faire ?
Appelez le 15
Appelez les pompiers vite
Il y a le feu dans le service
Agression en cours à l'accueil
Un patient me menace avec une chaise
Un visiteur a un couteau
Danger de mort
This is an emergency
It's an emergency!
Help, it is urgent
I need help urgently
A patient is not breathing
He can't breathe
She is unconscious
My colleague is having a heart attack
A resident is choking
He is bleeding heavily
I want to die
I want to kill myself
She wants to end her life
I have suicidal thoughts
Call an ambulance
Mon résident est tombé et ne se relève plus
Une collègue vient de s'effondrer
Je crois qu'il fait une attaque cérébrale
Besoin d'un médecin tout de suite
Mon fils a pris tous ses comprimés
Il a arrêté de respirer
On a un arrêt cardiaque chambre 12
Je veux que ça s'arrête
Résidente retrouvée au sol
Le patient désature à 70 %
Il est tout bleu
Urgence en chambre 8
Elle a sauté par la fenêtre
J'ai pris trop de médicaments
Il veut se faire du mal
Un résident vomit du sang
He took all his pills
""".strip().splitlines()

SUBJECTS = """
urgences
service des urgences
Organisation des urgences
médecine d'urgence
plan d'urgence
Comment rédiger un plan d'urgence en EHPAD ?
Qui a un protocole d'urgence pour les pannes du DPI ?
Comment réduire l'attente aux urgences ?
Le passage aux urgences des résidents peut-il être évité ?
Quel logiciel pour les urgences ?
Admission directe sans passer par les urgences
Urgences pédiatriques : quels outils ?
Régulation des urgences psychiatriques
Quel chariot d'urgence choisir ?
Inventaire du chariot d'urgence vitale
Hébergement d'urgence : qui a une convention ?
Formation aux gestes et soins d'urgence (AFGSU)
Une trousse d'urgence par étage, est-ce utile ?
Besoin d'aide pour notre plan d'urgence
Numéro d'urgence à afficher dans les chambres
Que faire en cas d'urgence vitale la nuit, quel protocole ?
Conduite à tenir face à une urgence vitale
Gestion de l'urgence vitale : référentiel ?
Ce n'est pas urgent
Pas urgent : qui utilise la signature électronique ?
Question non urgente sur le tri des déchets
Rien d'urgent, je cherche un retour d'expérience
Sans urgence, un avis sur notre RSE
Hors urgence, comment programmer un transport ?
Télésurveillance des soins non programmés et des soins urgents
Comment trier les demandes urgentes ?
Comment prioriser les courriers urgents ?
Travaux urgents ou non : quel budget ?
Matrice urgent et important
Urgence climatique : quel plan d'action ?
État d'urgence sanitaire : quelles leçons ?
SOS médecins intervient-il chez vous ?
Convention avec SOS Amitié
Prévention du suicide : quelles formations ?
Évaluer le risque suicidaire en psychiatrie
Affiche du 3114 pour les agents
Formation à la crise suicidaire
Qui a déployé VigilanS ?
Le logiciel ne répond plus aux utilisateurs
Notre éditeur ne répond plus, que faire ?
Le serveur est en arrêt de maintenance ce soir
Ma cadre est en arrêt depuis lundi, qui la remplace ?
Remplacer un patient expert en arrêt de travail
Notre projet est en danger, comment le relancer ?
Il est urgent de former les équipes à la cybersécurité
Quel est le plus urgent dans un plan de sobriété ?
Urgence et soins de ville : quelle coopération ?
Accompagner un résident qui va mourir
Le logiciel fait une erreur à chaque démarrage
Prise en charge de l'arrêt cardiaque : quel kit ?
Défibrillateur : combien par bâtiment ?
Prévention des fausses routes chez les résidents
Parcours AVC : quelle coordination ?
Filière AVC et télémédecine
Prévention des chutes
Sécurité incendie : qui a un exercice type ?
Comment prévenir les agressions à l'accueil ?
À l'aide d'un tableau, comment suivre nos actions ?
Comment aider un collègue épuisé ?
Le SAMU utilise-t-il la même messagerie ?
Accompagner les résidents qui souhaitent mourir à domicile
Directives anticipées et fin de vie
Repérer la douleur thoracique : quel outil d'évaluation ?
Hémorragie de la délivrance : protocole régional
Bilan 15 mois après la mise en service
Notre éditeur refuse l'interface avec la messagerie sécurisée. Que pouvons-nous faire ?
Comment choisir un DPI en EHPAD ?
Double saisie à l'entrée
Detresse psychologique des soignants : quels dispositifs ?
emergency department
How to write an emergency plan?
Emergency exits in an old building
Urgent care centre next to the hospital
Not urgent: who uses electronic signatures?
What to do in case of emergency, which procedure?
Suicide prevention training
Stroke care pathway
Dispositif d'aide médicale urgente : quelle interface ?
Fiche réflexe en cas d'arrêt cardiaque
Soutien après le suicide d'un collègue
Le dossier de liaison d'urgence est-il obligatoire ?
Cellule d'urgence médico-psychologique : contacts ?
Nos résidents prennent trop de médicaments : quelles pistes ?
Comment former aux gestes d'urgence niveau 1 et 2 ?
Retour d'expérience sur un incendie dans une blanchisserie
""".strip().splitlines()


def test_the_tables_are_long_enough_to_mean_something() -> None:
    assert min(len(set(EMERGENCIES)), len(set(SUBJECTS))) >= 60


def test_an_emergency_is_recognised() -> None:
    assert [text for text in EMERGENCIES if not speaks_of_emergency(text)] == []


def test_a_subject_of_work_is_no_emergency() -> None:
    assert [text for text in SUBJECTS if speaks_of_emergency(text)] == []


def test_an_emergency_is_recognised_in_capitals() -> None:
    assert [text for text in EMERGENCIES if not speaks_of_emergency(text.upper().replace(" ", "\xa0"))] == []


def test_an_emergency_is_recognised_inside_a_request() -> None:
    more = "Nous utilisons un nouveau logiciel."
    assert [text for text in EMERGENCIES if not speaks_of_emergency(f"{text}\n{more}")] == []


def test_a_subject_does_not_hide_an_emergency() -> None:
    emergency = "Un résident ne respire plus"
    assert [text for text in SUBJECTS if not speaks_of_emergency(f"{text}. {emergency}")] == []


@pytest.mark.parametrize("word", ["urgent ", "besoin ", "a", "comment les ", "pas ", "a avale ", "sos medecins "])
def test_a_long_request_is_read_within_what_one_event_may_cost(word: str) -> None:
    with bounded(PROCESSOR):
        speaks_of_emergency(word * (60_000 // len(word)) + "~")


@given(st.text())
def test_any_text_is_an_emergency_or_not(text: str) -> None:
    assert speaks_of_emergency(text) in (True, False)
