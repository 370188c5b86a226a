import pytest

from translate.engines import casing


@pytest.mark.parametrize("text", ["ALEP SOUS LES BOMBES", "12 ANS DE VOYAGE", "« NOUS SOMMES PRÊTS »"])
def test_lines_in_capitals_are_known(text: str) -> None:
    assert casing.shouted(text)


@pytest.mark.parametrize("text", ["ONU", "ONU ET OTAN", "Alep", "MARDI", "12", "", "L'ONU à Alep"])
def test_acronyms_and_sentences_are_not(text: str) -> None:
    assert not casing.shouted(text)


def test_folding_keeps_the_spelling_of_the_document() -> None:
    known = casing.spellings(["Hier, Alep et l'ONU ont parlé.", "Ici Alep.", "À ALEP RIEN DE NOUVEAU"])
    assert casing.fold("« L'ONU À ALEP SOUS LES BOMBES »", known) == "« L'ONU à Alep sous les bombes »"


def test_restoring_writes_the_capital_sharp_s() -> None:
    assert casing.restore("Große Straße") == "GROẞE STRAẞE"
