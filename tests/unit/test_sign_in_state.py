"""The states of the sign-in: each has one meaning, and no transition allows a second password or hides an open session."""

from collections.abc import Callable

import pytest

from Katip.sign_in_state import SignInState

EVENTS: tuple[Callable[[SignInState], SignInState], ...] = (
    SignInState.failed,
    SignInState.ended,
    SignInState.owed,
    SignInState.signed_out,
)


@pytest.mark.parametrize("state", SignInState)
def test_no_event_but_an_accepted_sign_in_allows_a_second_password(state: SignInState) -> None:
    assert all(event(state).is_spent == state.is_spent for event in EVENTS)


@pytest.mark.parametrize("state", SignInState)
def test_a_session_that_is_owed_is_signed_out_or_ended_by_the_portal(state: SignInState) -> None:
    assert state.owed().is_in
    assert state.failed().is_in == state.is_in
    assert not state.ended().is_in
    assert not state.signed_out().is_in
    assert state.owed().ended().owed() is state.owed()


@pytest.mark.parametrize("state", SignInState)
def test_an_answer_that_nobody_saw_is_never_forgotten(state: SignInState) -> None:
    if state.is_unanswered:
        assert all(event(state).is_unanswered for event in EVENTS)
    assert state.failed().is_unanswered == (state.is_unanswered or state is SignInState.SENT)


@pytest.mark.parametrize("state", SignInState)
def test_only_a_sign_out_that_was_seen_counts_as_one(state: SignInState) -> None:
    shown = state.is_in and not state.is_unanswered
    assert state.signed_out().is_out == (shown or state.is_out)
    assert state.ended().is_out == state.is_out


def test_each_state_has_its_own_meaning() -> None:
    assert len({state.meaning for state in SignInState}) == len(SignInState) == 8
