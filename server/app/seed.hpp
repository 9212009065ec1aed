#pragma once

#include <string>

#include "app/workbench.hpp"

namespace doorstep::app {

enum class SeedSize { small, medium, large };
BOOST_DESCRIBE_ENUM(SeedSize, small, medium, large)

struct Seeded {
    std::int64_t accounts = 0;
    std::int64_t contacts = 0;
    std::int64_t tasks = 0;
    std::int64_t messages = 0;
    std::int64_t message_events = 0;
    double seconds = 0;
    Uuid account_id{}; ///< the first account, which is the largest, its owner, and a key to it
    Uuid user_id{};
    std::string api_key;
    BOOST_DESCRIBE_CLASS(
        Seeded, (), (accounts, contacts, tasks, messages, message_events, seconds, account_id, user_id, api_key), (), ()
    )
};

/// Opens accounts and fills them: per contact five follow-ups, ten e-mails and twenty of their events, over half a year, with
/// counters and history as the product itself would have left them; nothing is due. small: one account of 1,000 contacts;
/// medium: 50 accounts with 50,000; large: 1,000 with 1,000,000; a tenth of the contacts is in the first account. The rows are
/// made in PostgreSQL, within each account's own tenant, on as many connections as there are cores. Throws std::runtime_error
/// where seed data is there already.
Seeded seed(Workbench& bench, SeedSize size);

} // namespace doorstep::app
