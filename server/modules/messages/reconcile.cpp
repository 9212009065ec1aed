#include "core/log.hpp"
#include "modules/messages/stored.hpp"

namespace doorstep::messages {

namespace {

// Two minutes are longer than any hand-over may take; half an hour is longer than the provider's events usually do.
const db::Query doubtful_sql{"messages.doubtful", R"sql(
    update messages set dispatch = 'ambiguous',
        error_message = 'It is not known yet whether this e-mail went out; it is being checked and is not sent again meanwhile.'
    where dispatch = 'sending' and sending_since < $1::timestamptz - interval '2 minutes'
)sql"};

const db::Query unresolved_sql{"messages.unresolved", "select" STORED_COLUMNS R"sql(
    from messages where dispatch = 'ambiguous' and sending_since < $1::timestamptz - interval '30 minutes' order by sending_since limit 100
)sql"};

const std::string unresolved_reason =
    "It could not be found out whether this e-mail went out. Ask the recipient before you send it again.";

} // namespace

Task<> Messages::reconcile(Context& job) {
    Context ctx = job;
    ctx.all_accounts = true;
    co_await parts_.db.exec(ctx, doubtful_sql, ctx.now());
    auto unresolved = co_await parts_.db.all<Stored>(ctx, unresolved_sql, ctx.now());
    for (auto& message : unresolved) {
        Context scoped = job;
        scoped.all_accounts = false;
        scoped.account_id = message.account_id;
        auto body = [&](db::Session& tx) { return give_up(tx, scoped, message, unresolved_reason); };
        co_await parts_.db.transaction(scoped, body);
    }
}

} // namespace doorstep::messages
