"""Every record of a person ends by a rule, with another record or by its own service."""

from django.apps import apps

from madoguchi.kernel.retention.public import rules

BY_RULE = {
    "accounts.Person": "accounts.resident",
    "accounts.Post": "accounts.post",
    "emergencies.EmergencyAccess": "emergencies.access",
    "mandates.Mandate": "mandates.ended",
    "notify.Notice": "notify.notice",
    "plan.Aside": "plan.aside",
    "plan.DraftRemark": "plan.draft_remark",
    "plan.Intake": "plan.intake",
    "plan.Remark": "plan.remark",
    "procedures.Case": "procedures.case",
    "retention.Disposal": "retention.disposal",
    "retention.Hold": "retention.hold",
    "surveys.Code": "surveys.code",
    "surveys.Coding": "surveys.coding",
    "surveys.Remarks": "surveys.remarks",
}
WITH = {  # erased in the same transaction as
    "accounts.Factor": "accounts.Person",
    "desk.Closed": "accounts.Person",
    "desk.LastFilters": "accounts.Person",
    "desk.SavedView": "accounts.Person",
    "files.StoredFile": "procedures.Case",
    "files.Thumbnail": "procedures.Case",
    "notify.Reach": "accounts.Person",
    "numbers.PersonalNumber": "procedures.Case",
    "procedures.Attachment": "procedures.Case",
    "procedures.Correction": "procedures.Case",
    "procedures.Decision": "procedures.Case",
}
BY_ITS_SERVICE = {
    "accounts.Invitation": "accounts.forget",
    "accounts.SignIn": "accounts.forget",
    "desk.Undo": "desk.forget",
    "plan.SelfAssessment": "plan.forget_skills",
    "search.Sighting": "the night of the search",
    "surveys.Draft": "on opening, or after its day",
    "surveys.Envelope": "when the box is opened",
    "surveys.Sheet": "when the box is opened",
}


def labelled() -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("madoguchi.")
        and model.RETENTION_YEARS is not None
        and not model.PERSONAL_DATA.startswith("none")
    }


def test_every_record_of_a_person_has_an_end():
    named = [*BY_RULE, *WITH, *BY_ITS_SERVICE]
    assert len(named) == len(set(named))
    assert set(named) == labelled()
    assert set(WITH.values()) <= set(BY_RULE)


def test_every_rule_is_there_and_says_where_its_period_comes_from():
    assert set(BY_RULE.values()) <= set(rules())
    assert [key for key, rule in rules().items() if not rule.period] == []
