"""Kinds of danger get their card in whatever words, and calm sentences that look like them get none."""

import pytest

from kb.safety import assess

# A kind of danger, and how people may type it.
EMERGENCIES = {
    "weapon held to a body": [
        "I have a gun to my head",
        "i'm holding a knife to my wrist",
        "theres a razor on my wrist and im shaking",
        "my husband has a pistol in his mouth",
        "sitting here with the blade against my throat",
        "the noose is around my neck",
        "caller says the barrel is against her temple",
    ],
    "violence by someone at home": [
        "my partner is strangling me",
        "he hit me and im scared to go home",
        "my husband is beating me",
        "my dad is hitting my mom right now",
        "my boyfriend choked me last night",
        "my ex is outside with a bat",
        "im hiding in the bathroom from my husband",
        "my girlfriend threatened me with a knife",
        "he says he will kill me if i leave",
        "my wife punched me in the face again",
        "my stepdad hits me when he drinks",
        "i am not safe at home he hurts me",
        "caller whispers that her husband will hurt her",
    ],
    "someone breaking in": [
        "someone is breaking into my house",
        "there is an intruder in my apartment",
        "somebody broke in and is downstairs",
        "a man is trying to get into my house",
        "someone is kicking in my door",
        "a stranger is in my house help",
    ],
    "threat to others": [
        "im going to shoot up the clinic",
        "i will stab him tonight",
        "going to burn down your office",
        "i am bringing a gun to my appointment and you will pay",
        "i want to shoot my coworkers",
        "theres a bomb in your building",
        "patient threatens to shoot the staff",
        "man in the lobby waving a knife",
        "im about to kill my wife",
        "he said he is going to shoot up the school",
    ],
    "not responding, misspelt": [
        "my mom isnt respondin",
        "he is not responing",
        "shes not respnding to me",
        "my wife isnt wakin up",
        "dad wont wak up",
        "he stopped breathin",
        "baby not movin",
        "she is unresponsiv",
        "my sister is unconcius",
    ],
    "poison or pills, swallowed said last": [
        "bleach drank",
        "antifreeze he drank it",
        "whole bottle of tylenol swallowed",
        "30 xanax i took",
        "drain cleaner my toddler drank",
        "all the pills i swallowed",
        "entire bottle of ambien he took",
    ],
    "arma en el cuerpo": [
        "tengo la pistola en la cabeza",
        "tengo un arma en la mano",
        "un cuchillo en la muñeca",
        "me puse una soga en el cuello",
    ],
    "violencia en casa": [
        "mi esposo me pega",
        "mi marido me está golpeando",
        "mi pareja me amenaza con un cuchillo",
        "me está ahorcando",
        "me da miedo volver a casa porque me pega",
        "mi papá le pega a mi mamá",
        "mi ex está afuera con un machete",
        "mi novio me quiere matar",
    ],
    "alguien entra": [
        "alguien se metió a mi casa",
        "hay un ladrón en la casa",
        "están tratando de entrar a mi casa",
    ],
    "amenaza": [
        "voy a matar a mi esposa",
        "los voy a matar a todos",
        "voy a poner una bomba en la clínica",
        "voy a ir con una pistola a la clínica",
    ],
    "pocas palabras": [
        "auxilio",
        "socorro",
        "emergencia",
        "necesito ayuda urgente",
        "ayuda",
        "cloro tomó mi hijo",
    ],
    "blood or urine that will not": [
        "can't urinate since they took the catheter out this morning",
        "unable to pee for ten hours, terrible pain",
        "i have not been able to pass urine all day",
        "there are big blood clots in my urine",
        "blood in my urine and now i can't pee",
        "a lot of blood in my stool",
        "so much blood when i go to the toilet that the bowl is full",
        "my urine is all blood and i feel faint",
        "bleeding from my gums won't stop since the extraction",
        "nosebleed for two hours on eliquis",
    ],
    "other fields": [
        "i suddenly lost the vision in my right eye",
        "my face is swelling from the antibiotic and i can't breathe well",
        "stiff neck, high fever and light hurts his eyes",
        "my diabetic mother is confused and drenched in sweat",
        "chemo patient with a fever of 102 and chills",
        "bone poking out of his arm after the fall",
        "erection for six hours after the injection",
        "my roommate od on fentanyl",
        "my stepfather hits us when he drinks",
    ],
    "one word": ["emergency", "EMERGENCY!!", "emergency emergency", "911", "an emergency", "sos"],
}

CRISES = {
    "one phrase": ["end it", "end it all", "ending it", "just end it", "end everything", "suicide"],
    "self-harm that soothes": [
        "cutting makes me feel better",
        "cutting helps me calm down",
        "burning myself makes it quieter",
        "i feel relief when i cut",
        "hurting myself helps with the pain",
    ],
    "a place to jump from": [
        "jump off the tobin bridge",
        "jumping from the zakim",
        "want to jump off the longfellow bridge",
        "throw myself off the tobin bridge",
    ],
    "lastimarse": [
        "me voy a matar",
        "me corto",
        "ya no aguanto más",
        "me hago cortes",
        "me araño cuando estoy triste",
        "cortarme me calma",
        "me rajo las piernas",
        "me golpeo la cabeza contra la pared",
        "me quemo los brazos",
        "tengo una pistola",
        "saltar del puente tobin",
        "tengo miedo de lastimar a mi bebé",
    ],
    "despair of a diagnosis": [
        "since the diagnosis i feel lost and want to end it",
        "he wants to end it because of the pain",
        "patient says she wants to die, sobbing since the scan",
        "my dad wants to die after losing his sight",
        "how do i tell anyone i want to die rather than do more chemo",
    ],
    "harm to those one loves": [
        "i keep thinking of hurting my baby",
        "i am having homicidal thoughts",
        "afraid i will hurt my kids",
    ],
}

MEANS = {
    "with what is left": ["how do i kill myself with old pills", "how many leftover pills would kill me"],
    "how high": [
        "how high do you have to jump from",
        "how high do i need to jump from to be sure",
        "how tall is the tobin bridge",
        "what floor do you have to fall from",
        "bridges higher than 100 feet near boston",
        "is the zakim bridge high enough",
    ],
    "altura": ["qué altura para saltar", "qué tan alto es el puente tobin"],
    "no despertar": [
        "cuántas pastillas para no despertar",
        "qué pastillas tomo para no despertar",
        "qué tomo para no despertar jamás",
    ],
    "to not wake up": [
        "how many xanax would it take to not wake up",
        "what pills make you not wake up",
        "which sleeping pills so i dont wake up again",
        "how much ambien until you never wake up",
        "how many benadryl do i need to never wake up",
        "what can i take so i never wake up",
    ],
}


@pytest.mark.parametrize("query", [query for queries in EMERGENCIES.values() for query in queries])
def test_emergency_gets_the_emergency_card(query: str) -> None:
    assessment = assess(query)
    assert (assessment.level, assessment.means) == ("emergency", False)


@pytest.mark.parametrize("query", [query for queries in CRISES.values() for query in queries])
def test_crisis_gets_the_crisis_card(query: str) -> None:
    assessment = assess(query)
    assert (assessment.level, assessment.means) == ("crisis", False)


@pytest.mark.parametrize("query", [query for queries in MEANS.values() for query in queries])
def test_question_about_means_is_known_as_one(query: str) -> None:
    assessment = assess(query)
    assert (assessment.level, assessment.means) == ("crisis", True)


# What looks like one of the kinds above and is none.
CALM = [
    # weapons and bodies
    "gunshot wound history form",
    "razor burn on my neck",
    "massage gun on my neck after tms",
    "had a gun to my head growing up, treated for ptsd since 2004",
    "nobody put a gun to my head, i chose this",
    "knife skills class in cambridge",
    "cut my hair before the tms cap fitting",
    "cutting carbs makes me feel better",
    "cutting back on coffee helps me sleep",
    "cutting the dose in half made me feel better",
    # home, doors and threats
    "he hit his deductible",
    "hit a wall with zoloft",
    "my husband beats me at chess",
    "my partner is driving me home",
    "my dad is picking up my mom",
    "is it safe at home after an infusion",
    "can someone break my appointment into two",
    "car was broken into so i am late",
    "break the cost into payments",
    "intrusive thoughts treatment",
    "who can get into my patient portal",
    "flu shot at the clinic",
    "shoot me an email with the form",
    "shooting pain in my leg",
    "bomb cyclone, are you open",
    "what a bath bomb smells like",
    "workplace violence training for staff",
    "domestic violence shelter volunteer",
    "kill time before my session",
    "i could kill for a coffee",
    "my son will kill me if i miss his game",
    "this bill is going to kill me lol",
    # words misspelt
    "your office isnt responding to my email",
    "not responding to zoloft",
    "i am not responding to antidepressants",
    "corresponding author of the ketamine study",
    "who is responsible for the bill",
    # things drunk and taken
    "bleach blonde hair and tms",
    "juice i drank before the infusion",
    "medications taken in the last month",
    "list of pills i take",
    "ibuprofen i took yesterday, is that ok",
    "two coffees he drank before his infusion",
    # what brings most people to a clinic for depression
    "caller says meds not working what are options",
    "caller says his medication stopped working",
    "my pills dont work anymore what else",
    # one word, one phrase
    "emergency contact form",
    "emergency room copay",
    "non emergency transport",
    "is this an emergency department",
    "end it early if i feel sick",
    "can i end it early",
    "can we end the session early",
    "how do i end it early during an infusion",
    "end date of coverage",
    # places and heights
    "tobin bridge traffic",
    "is your office near the tobin bridge",
    "directions over the zakim bridge",
    "how high does blood pressure jump during ketamine",
    "how high is your parking garage clearance",
    "dental bridge before ect",
    "jump rope after tms",
    "how tall is the tms chair",
    # sleep and doses
    "pills so i do not wake up at night",
    "how much sedation so i do not wake up during ect",
    "how many times do people wake up on trazodone",
    "is it possible to overdose on spravato",
    "can you overdose on ketamine infusions",
    "can i overdose on esketamine nasal spray",
    "ketamine overdose risk",
    # blood, and what worries people in other fields
    "blood in urine",
    "what does blood in urine mean",
    "why is there blood in my urine when i have no pain",
    "is a drop of blood in my urine after jogging something to worry about",
    "had some blood in urine two weeks ago, nothing since, do i still need the cystoscopy",
    "blood in urine, no clots, no fever",
    "blood in stool with hard bowel movements",
    "can't hold my pee at the gym anymore",
    "mother of 4 yo calling, cough and runny nose, no trouble breathing",
    "dead skin behind my ears flakes off",
    "lost most of my lashes after chemo, do they come back",
    "my hair is thinning and i am so scared to look in the mirror",
    "scared the lump is cancer like my aunt's",
    "sharp pain in my knee when i squat, should i stop squats",
    "my dad starts radiation monday, can he drive himself",
    "radiation made my skin peel, what cream",
    "killing time in the waiting room, is there wifi",
    "what do i do with my dad's old pills",
    "sick of diets, i gave up on keto",
    "dead on my feet after the scan",
    # en español
    "me corto el pelo",
    "me corto las uñas",
    "se me cortó la llamada",
    "me quemé la lengua con café",
    "me muero por un café",
    "mi jefe me va a matar si falto",
    "mi esposo me lleva a la cita",
    "contacto de emergencia",
    "no es una emergencia",
    "necesito ayuda con el portal",
    "ayuda para pagar",
    "tengo una pregunta",
    "tengo una cita el lunes",
    "quiero terminar antes la sesión",
    "hay tráfico en el puente tobin",
    "puente dental",
    "pistola de masaje",
    "pastillas para no despertarme de noche",
    "tomé mi pastilla de la mañana",
    "me pegó la gripe",
    "alguien entró a mi cuenta del portal",
    "no responde su teléfono",
    "no respondo a los antidepresivos",
    "me da miedo la aguja",
]


@pytest.mark.parametrize("query", CALM)
def test_calm_look_alike_gets_no_card(query: str) -> None:
    assert assess(query).level == "none"
