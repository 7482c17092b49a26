"""What a log line may and may not hold."""

from core.logs.processors import drop_personal_keys, exception_places, mask_citizen_numbers


def run(processor, **record):
    return processor(None, "info", record)


def test_an_error_is_logged_by_type_and_place_not_by_its_message():
    try:
        raise ValueError("Failing row contains (900222086, Jansen)")
    except ValueError as error:
        record = run(exception_places, event="job_failed", exc_info=error)
    assert record["exception"] == "builtins.ValueError"
    assert record["places"][-1].startswith("tests/core/logs/test_processors.py:")
    assert "Jansen" not in str(record)


def test_the_cause_is_named_too():
    try:
        try:
            raise KeyError("900222086")
        except KeyError as cause:
            raise ValueError("no") from cause
    except ValueError as error:
        record = run(exception_places, event="x", exc_info=(ValueError, error, error.__traceback__))
    assert record["cause"] == "builtins.KeyError"


def test_error_texts_that_libraries_add_are_left_out():
    record = run(drop_personal_keys, event="task_failed", error="Jansen", exception=ValueError("x"))
    assert record == {"event": "task_failed"}


def test_our_own_error_key_stays():
    assert run(drop_personal_keys, event="job_failed", error="KeyError")["error"] == "KeyError"


def test_address_and_browser_of_a_visitor_are_left_out():
    assert run(drop_personal_keys, event="x", ip="10.0.0.1", user_agent="Mozilla") == {"event": "x"}


def test_nine_digits_are_masked_but_identifiers_are_not():
    record = run(
        mask_citizen_numbers,
        event="client 900222086 niet gevonden",
        job_id="123456789-0000",
        provider="12345678",
    )
    assert record["event"] == "client [9 cijfers] niet gevonden"
    assert record["job_id"] == "123456789-0000"
    assert record["provider"] == "12345678"
