"""What the run knows and the description cannot say: what is there, and which refusals depend on it."""

import json
import os

import schemathesis
from schemathesis.specs.openapi.checks import positive_data_acceptance

# The identifiers of the description's examples lead to what this run has made, so that what needs a category finds one.
STANDING_FOR = json.loads(os.environ["EASE_STANDING_FOR"])

# Sentences with which the server refuses a request that the description allows, because of something that no schema can say.
DEPENDS = (
    # What is there.
    "Current password is incorrect.",
    "Credentials are incorrect",
    "object does not exist.",
    "Somebody else uses this already.",
    "User already exists",
    "Cannot delete subcategory because there are related objects",
    # A cursor is good for its list and its caller; its form shows neither.
    "Invalid cursor.",
    # Two bounds of a filter against each other, and dates that are on no calendar.
    "An error occurred while retrieving the data.",
    "Start date cannot be after end date.",
    "Start time cannot be after end time.",
    "The data provided is not valid.",
    # How strong a password is, and which letters of all scripts a user name has.
    "This password is too common.",
    "This password is entirely numeric.",
    "This password is too short.",
    "Enter a valid username:",
    # Decimals, which a schema would have to count in binary.
    "A valid number is required.",
    "Amount is equal or lower than 0",
    "Ensure that there are no more than",
    "Ensure this value is greater than",
    # Whatever is wrong with a change of an account, in words that clients know.
    "Error updating user",
)


# A cursor needs a limit beside it.
LIMIT_MISSING = {"limit": ["This field is required."]}


def sentences_of(value):
    """Every sentence of a refusal, whatever its shape."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (dict, list)):
        return []
    inner = value.values() if isinstance(value, dict) else value
    return [sentence for part in inner for sentence in sentences_of(part)]


@schemathesis.hook
def before_call(context, case, kwargs):
    for part in [case.path_parameters, case.query, case.body]:
        if isinstance(part, dict):
            for name, value in part.items():
                if isinstance(value, str) and value in STANDING_FOR:
                    part[name] = STANDING_FOR[value]


@schemathesis.check
def accepts_what_is_described(context, response, case):
    """`positive_data_acceptance`, but that a refusal may be one of the sentences above, and nothing else."""
    if response.status_code == 400:
        # What a file must hold is told in words: no schema reaches into its rows.
        if case.operation.path == "/api/management/import/":
            return None
        refusal = response.json()
        sentences = sentences_of(refusal)
        if refusal == LIMIT_MISSING or sentences and all(any(known in sentence for known in DEPENDS) for sentence in sentences):
            return None
    return positive_data_acceptance(context, response, case)
