"""Clinical words: found where a prompt would ask for care, and let through where an office uses them."""

import pytest

from bot.content.gates.clinical import clinical_words


@pytest.mark.parametrize(
    "text",
    [
        "Suggest a diagnosis for the notes below.",
        "List the symptoms and say what they may mean.",
        "Work out the right dose for [age].",
        "Explain the blood test results to the patient.",
        "Interpret the scan.",
        "Which antibiotic is best?",
        "Write a care plan for [name].",
        "Compare the treatment options.",
        "Triage these referrals by how urgent they are.",
        "Say whether she is fit for discharge.",
        "Give medical advice about the letter.",
        "Draft a reply about his chest pain.",
        "Tell me if this patient is clinically urgent.",
    ],
)
def test_a_clinical_request_is_found(text: str) -> None:
    """Whatever the task is called."""
    assert len(list(clinical_words(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Draft a patient letter about parking.",
        "Put the clinic list in order of time.",
        "Turn the ward round times into a notice.",
        "Make the referral form easier to fill in.",
        "Explain the appointment letter in plain words.",
        "Take out names, dates and any diagnosis.",
        "Do not mention treatment plans or test results.",
        "It never gives medical advice.",
        "Questions about symptoms go to the clinical team.",
        "Diagnose the printer fault step by step.",
        "List the diagnostics department's opening hours.",
        "Explain prescription charges in two sentences.",
        "Treat every bidder the same.",
        "Triage the tickets by impact.",
        "Be plain, not prescriptive.",
        "A discharge lounge notice for the clinical site manager.",
        "Plan the medical secretary's cover.",
        "Book the treatment room.",
    ],
)
def test_office_work_is_let_through(text: str) -> None:
    """Patients, clinics, letters and what is told to be left out."""
    assert list(clinical_words(text)) == []


def test_a_sentence_that_goes_on_in_the_next_line_is_one() -> None:
    """What keeps it out may stand before the line break, and lists are entries of their own."""
    assert list(clinical_words("First take out names, places and\nany diagnosis.")) == []
    assert list(clinical_words("Do not use names.\n- the diagnosis\n- the date")) == ["diagnosis"]


def test_a_refusal_in_one_sentence_excuses_no_other() -> None:
    """Each sentence is judged for itself."""
    assert list(clinical_words("Do not use names. Then suggest a diagnosis.")) == ["diagnosis"]
