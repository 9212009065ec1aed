#pragma once

namespace doorstep::app {

/// Makes, for the session, pg_temp.seed_account(account uuid, number bigint, people bigint, now timestamptz), which inserts all
/// rows of one account. Accounts are told apart by their numbers, from 1.
extern const char* const seed_functions_sql;

} // namespace doorstep::app
