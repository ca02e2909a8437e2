"""Words of wards, homes and offices, which no resource may contain: never taken for a misspelling.

Folded and in the singular. Without them « foie » was read as « folie », and « tuteur » as « tumeur ».
"""

from bot.resources.search.analysis import singular

_BODY = """
abces abdomen allergie amputation anemie anevrisme angine anus anxiete apnee appendice artere arthrose articulation
asthme avortement bassin biopsie bouche bras bronche brulure calcul carie cataracte cerveau cesarienne cheville cheveu
choc cicatrice cirrhose coeur colique colon coma contraction convulsion cornee cote cou coude crampe crane cuir cuisse
delire dent deuil diarrhee doigt dos eczema embolie entorse epaule epilepsie estomac fesse fibrose fievre foetus foie
fracture front gale gangrene gencive genou glycemie goitre gorge goutte greffe hanche hematome hemorragie hernie
herpes ictere intestin jambe jaunisse joue kyste langue larynx lesion levre luxation machoire main malaise menopause
meningite migraine moelle morsure muscle narine nausee nerf nez nuque oedeme oeil ombilic ongle oreille organe orteil
otite ovaire pancreas paralysie paupiere pied pleur pneumonie poignet poil poitrine polype pouce pouls poumon prostate
pupille pustule rage rate rein retine rhume rougeole salive sang scoliose sein selle sepsis souffle spasme sueur
surdite tension teigne tendon testicule tete thorax thyroide tique toux trachee tuberculose tumeur tympan ulcere
uretre urine uterus vagin varice varicelle variole veine ventre verrue vertebre vertige vesicule vessie vomissement
zona
"""

_CARE = """
accouchement allaitement ambulancier anesthesie antalgique antidepresseur anticoagulant aspiration attelle autopsie
bain ballon bandage berceau bequille biberon biologiste bistouri blouse brancard brancardage camisole canule catheter
chariot chimiotherapie ciseau civiere compresse comprime contention coronarographie couche couveuse culture curare
cure defibrillateur deambulateur dermatologie desinfectant dialyse dieteticien dieteticienne dosage douche drain drap
echographie electrochoc endoscopie ergotherapeute escarre fauteuil flacon gant garrot gaz gelule gel gynecologie
hematologie hospitalisation hygieniste implant infirmerie infusion injection insuline internement intubation
irradiation isolement lavabo lavage lithium manipulateur maraude masque massage matelas methadone mixeur morphine
naloxone neonatologie nephrologie neuroleptique obstetrique orthopedie orthoptiste otage oxygene oxygenation pansement
pedopsychiatrie perfusion pesage pesee pilule pilulier pipette plaie platre podologue ponction potence preparateur
preparatrice prothese protoxyde psychomotricien radiographie radiologie rasage reanimateur reeducation rhumatologie
sabot saignee sangle savon scanner score sedation seringue serviette seroprevalence sirop sismotherapie sonde
sparadrap stomatherapeute sterilet stomie stupefiant suture tablier tampon thermometre toilette transfusion
transplantation tracheotomie triage trousse tube tuteur urologie vacation vaccin vaccinateur ventilateur ventouse
virologie visiteur aspergillus bacterie clostridium legionelle listeria moisissure mycose parasite pou poux
pseudomonas punaise salmonelle staphylocoque streptocoque
"""

_HOUSE = """
aluminium ambulance amiante ampoule antenne ardoise armoire ascenseur attache avion bac badge baignoire baie balcon
balai banc barrage barriere bassine beton beurre biere blanchisserie blouson bois boite boue boucher boulon brique
buanderie cable cafard cafe cage caisse camera camion canape canicule carrelage cave cendre chaise chassis chat chien
chambre charpente chaud chaussure cheminee cheval ciment citerne clef cle cloche cloison clou colle compost compteur
congelateur corridor couloir couvert couvercle cuisine cuisinier cuve dalle digicode dinde dortoir drone echelle ecran
ecrou egout encre entrepot epicerie escalier essence etage etagere evier facade farine fenetre fer feuille fioul four
fourchette foyer fromage fruit fuite fumee garage gazon gaine gravier grille hangar helicoptere helium herbe huile
humidite inondation jardinier jeu jus lait lampe lapin laverie legume levier lingerie linoleum lit livre lustre manche
marche marteau menuiserie meuble miroir mobilier moisi moquette moteur mousse moustique mur nappe neige nettoyeur neon
oiseau ordure oreiller pain palette panier panneau parc parking parquet passerelle pate patio peinture pelouse pergola
pigeon pile piscine placard plafond plancher plante plat plateau platrerie plomb plombier plonge poignee poisson pomme
pompe pont portail porte portillon poteau poubelle poulet poussiere prise puits quai radiateur radon rampe rangement
rat ravalement rayon refectoire rideau robinet rouille rue sable sac salade sanitaire seau secheur seche serrure
serrurerie siphon sol sommier souris store sucre tablette tapis terrasse terrain terre tisanerie toit toiture tonte
torchon tracteur tram tranchee trottoir tunnel tuyau vaisselle vase vehicule veranda verre verriere vestiaire viande
vitre vitrage voile voirie voiture volet yaourt
"""

_PEOPLE = """
adoption amende anniversaire apprenti arrete avocat bail banque barreau bebe cadeau capitaine cantine caution cession
chauffeur client coiffeur coiffeuse comptable concierge congres conge conjoint contrat convention cousin crime
curateur demission depot dette directeur directrice discipline divorce douane ecole election eleve employe ergonome
famille fils fille fratrie frere fugue gardien gendarme greve grossiste heritage huissier imam impot insulte
interprete journaliste juge jumeau jury kermesse licence licenciement litige loyer maire mairie mandataire mari
mariage marie menace mere messe militaire ministre moto mutuelle naissance neveu niece noce nounou nourrice oncle
ouvrier paie parrain passeport paye peintre pension pere permis pharmacien pointage police policier pompier pretre
prime prison prive privee priere proces prof psychiatre psychologue rabbin recrue remise retrait retraite salaire
salarie salariee secouriste secretaire soeur sortant sourd stage stagiaire syndic taxi temoin titulaire traducteur
traitant traitement tribunal tutrice vacance vacataire vendeur veuf veuve victime viol vigile visiteuse voisin voleur
"""

_OFFICE = """
abonnement acompte acquisition actif action adjudication agrement amortissement annuite appel arbitrage arriere
assignation attestation audience audit avance avenant avoir bareme bilan bordereau bourse cahier cautionnement
cession charge clause cloture comite compromis concession concours conge constat contentieux contribution cotisation
creance credit debit deces decision decret dedommagement deficit degrevement delai delegation demarche demission devis
dotation douane echeance emprunt encours enquete exercice exoneration expertise expropriation facture faillite fiscalite
forfait fraude garantie gestionnaire gratification greffe honoraire hypotheque impaye imposition indemnite inflation
infraction interet inventaire jugement legs licenciement liquidation litige lot mandat marche mecenat mediation
mutation notaire notification obligation ordonnateur paiement passation passif patente penalite
placement plafond plainte plan prelevement prescription prestation prevision prorata provision quota quittance
rabais radiation recette recours redressement regie regisseur regularisation remboursement remise rendement rente
report reserve ristourne saisie sanction signature solde solvabilite soumission stock subrogation subvention succession
taux taxe theme these titre tranche tresorerie tresorier usufruit valeur versement visa vote
borne compostage covoiturage cremation crematorium dechetterie fioul gasoil incineration navette obseques
"""

_MIND = """
addiction agoraphobie alcool amnesie angoisse anorexie autisme bipolarite boulimie cannabis cocaine compulsion crise
delire demence dependance depression deprime ecstasy hallucination handicap heroine humeur hypnose hysterie insomnie
manie mutisme mythomanie narcissisme neuropsychologue nevrose obsession panique paranoia passage perversion phobie
psychanalyse psychodrame psychopathe psychose schizophrenie sevrage sophrologie sophrologue stress tabac therapie tic
toc transe traumatisme trisomie trouble victimologie
"""

EXISTING = frozenset(singular(word) for word in f"{_BODY} {_CARE} {_HOUSE} {_PEOPLE} {_OFFICE} {_MIND}".split())


def exists(folded: str) -> bool:
    """Whether a folded word, singular or plural, is one of these."""
    return singular(folded) in EXISTING
