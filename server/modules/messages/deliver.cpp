// From the gate to the mark `sending`: what may be handed over to the provider, once.
#include "modules/messages/deliver.hpp"

#include <stdexcept>

#include "modules/messages/gate.hpp"
#include "modules/messages/letter.hpp"

namespace doorstep::messages {

namespace {

const db::Query insert_sql{"messages.insert", R"sql(
    insert into messages (account_id, id, contact_id, task_id, class, cause_key, from_email, from_name, reply_to, to_email, to_name,
                          subject, body_html, body_text, source, status, dispatch, sending_since, created_at, answers_id, in_reply_to,
                          mail_references)
    select $1, e.id, e.contact_id, e.task_id, e.class_, e.cause_key, $3, $4, e.reply_to, e.to_email, e.to_name, e.subject, e.html,
        e.text, e.source, 'queued', $5, case $5 when 'sending' then $6::timestamptz end, $6, e.answers_id, nullif(e.in_reply_to, ''),
        nullif(e."references", '')
    from jsonb_to_recordset($2) as e (
        id uuid, contact_id uuid, task_id uuid, class_ text, cause_key text, reply_to text, to_email text, to_name text, subject text,
        html text, text text, source text, answers_id uuid, in_reply_to text, "references" text
    )
    on conflict (account_id, cause_key) do nothing
    returning)sql" STORED_COLUMNS};

const db::Query causes_sql{
    "messages.by_cause", "select id, cause_key from messages where account_id = $1 and cause_key = any ($2)"
};

const db::Query lock_sql{
    "messages.lock", "select" STORED_COLUMNS "from messages where account_id = $1 and id = any ($2) order by id for update"
};

const db::Query sending_sql{"messages.sending", R"sql(
    update messages set dispatch = 'sending', sending_since = $3, held_until = null, hold_reason = null
    where account_id = $1 and id = any ($2)
)sql"};

const db::Query hold_sql{"messages.hold", R"sql(
    update messages set held_until = $3, hold_reason = $4 where account_id = $1 and id = $2
)sql"};

/// A message as it is put into the store.
struct Row {
    Id<EmailSummary> id;
    Id<Client> contact_id;
    std::optional<Uuid> task_id;
    Class class_ = Class::followup;
    std::string cause_key;
    std::optional<Email> reply_to;
    Email to_email;
    std::string to_name;
    std::string subject;
    std::string html;
    std::string text;
    Source source = Source::person;
    std::optional<Id<ReceivedEmail>> answers_id;
    std::string in_reply_to;
    std::string references;
    BOOST_DESCRIBE_CLASS(
        Row, (),
        (id, contact_id, task_id, class_, cause_key, reply_to, to_email, to_name, subject, html, text, source, answers_id,
         in_reply_to, references),
        (), ()
    )
};

struct Caused {
    Id<EmailSummary> id;
    std::string cause_key;
    BOOST_DESCRIBE_CLASS(Caused, (), (id, cause_key), (), ())
};

Delivery answered(const Verdict& verdict) {
    switch (verdict.kind) {
    case Verdict::Kind::hold: return {Delivery::Kind::held, verdict.reason, verdict.until};
    case Verdict::Kind::needs_person: return {Delivery::Kind::needs_person, verdict.reason, {}};
    case Verdict::Kind::refuse: return {Delivery::Kind::refused, verdict.reason, {}};
    case Verdict::Kind::allow: break;
    }
    throw std::logic_error("what is let through is sent");
}

} // namespace

Task<std::map<std::string, Id<EmailSummary>>> Messages::find_by_causes(Context& ctx, const std::vector<std::string>& causes) {
    auto look = db::ask_all<Caused>(causes_sql, ctx.account_id, causes);
    auto [found] = co_await parts_.db.together(ctx, db::Plan::by_index, std::move(look));
    std::map<std::string, Id<EmailSummary>> known;
    for (auto& [id, cause] : found) known.emplace(std::move(cause), id);
    co_return known;
}

Task<Messages::People> Messages::clients_of(Context& ctx, const std::vector<NewEmail>& emails) {
    std::vector<Uuid> ids;
    for (const auto& email : emails) ids.push_back(email.client_id.value);
    People people;
    for (auto& client : co_await parts_.contacts.find_all(ctx, ids)) people.emplace(client.id, std::move(client));
    co_return people;
}

Messages::Candidate Messages::candidate_of(const NewEmail& email, const People& people) {
    Candidate candidate{.client = email.client_id, .class_ = email.class_};
    candidate.stepped = email.occasion && email.occasion->stepped;
    auto client = people.find(email.client_id);
    if (email.to)
        candidate.to_key = email.to->key();
    else if (client != people.end() && client->second.email)
        candidate.to_key = client->second.email->key();
    return candidate;
}

Task<std::vector<Messages::Stored>> Messages::insert(
    db::Session& tx, Context& ctx, const std::vector<NewEmail>& emails, const People& people,
    const accounts::SendingProfile& profile, Dispatch dispatch
) {
    std::vector<Row> rows;
    for (const auto& email : emails) {
        auto& client = people.at(email.client_id);
        auto letter = make_letter(email.text, email.html, profile, unsubscribe_url(ctx.account_id, client.id));
        auto id = Id<EmailSummary>::make(ctx.now());
        rows.push_back({
            .id = id,
            .contact_id = client.id,
            .task_id = email.occasion ? std::optional(email.occasion->task_id) : std::nullopt,
            .class_ = email.class_,
            .cause_key = email.cause_key,
            .reply_to = profile.reply_to ? profile.reply_to : reply_address(id.value),
            .to_email = email.to ? *email.to : client.email.value(),
            .to_name = client.name,
            .subject = email.subject,
            .html = std::move(letter.html),
            .text = std::move(letter.text),
            .source = email.source,
            .answers_id = email.answers_id,
            .in_reply_to = email.in_reply_to,
            .references = email.references,
        });
    }
    co_return co_await tx.all<Stored>(
        insert_sql, ctx.account_id, rows, profile.from_email.value_or(parts_.defaults.from_email),
        profile.from_name.value_or(parts_.defaults.from_name), dispatch == Dispatch::sending ? "sending" : "waiting", ctx.now()
    );
}

Task<Messages::Claim> Messages::claim(
    db::Session& tx, Context& ctx, const std::vector<NewEmail>& emails, const People& people,
    const accounts::SendingProfile& profile
) {
    std::vector<Candidate> candidates;
    for (const auto& email : emails) candidates.push_back(candidate_of(email, people));
    auto verdicts = co_await lock_and_judge(tx, ctx, candidates);

    Claim claim(emails.size());
    std::vector<NewEmail> passed;
    std::map<std::string_view, std::size_t> place;
    for (std::size_t i = 0; i < emails.size(); ++i) {
        auto client = people.find(emails[i].client_id);
        bool reachable = client != people.end() && (emails[i].to || client->second.email);
        if (!reachable && verdicts[i].kind == Verdict::Kind::allow) // restored, or given an address, since it was read
            claim.otherwise[i] = {Delivery::Kind::later, "the client has just been changed", {}};
        else if (verdicts[i].kind != Verdict::Kind::allow)
            claim.otherwise[i] = answered(verdicts[i]);
        else
            passed.push_back(emails[i]);
        place[emails[i].cause_key] = i;
    }
    if (passed.empty()) co_return claim;
    for (const auto& email : passed) claim.known.insert(place[email.cause_key]);
    for (auto& message : co_await insert(tx, ctx, passed, people, profile, Dispatch::sending)) {
        auto i = place[message.cause_key];
        claim.known.erase(i);
        claim.messages[i] = std::move(message);
    }
    co_return claim;
}

Task<Messages::Claim> Messages::claim(db::Session& tx, Context& ctx, const std::vector<Waiting>& emails) {
    using Kind = Delivery::Kind;
    std::map<Id<EmailSummary>, std::size_t> place;
    std::vector<Uuid> ids;
    for (std::size_t i = 0; i < emails.size(); ++i) {
        place[emails[i].id] = i;
        ids.push_back(emails[i].id.value);
    }
    Claim claim(emails.size());
    for (auto& otherwise : claim.otherwise) otherwise = {Kind::failed, "the message is gone", {}};
    std::vector<Stored> open;
    std::vector<Candidate> candidates;
    for (auto& message : co_await tx.all<Stored>(lock_sql, ctx.account_id, ids)) {
        auto i = place[message.id];
        if (message.dispatch == "done") {
            bool failed = message.status == "failed";
            claim.otherwise[i] = {failed ? Kind::failed : Kind::sent, message.error_message.value_or(""), {}};
        } else if (message.dispatch != "waiting") {
            // Somebody died, or still is, between the hand-over and its record. Never repeated: events or a person will tell.
            co_await put_in_doubt(tx, ctx, message.id, in_doubt);
            claim.otherwise[i] = {Kind::unsettled, in_doubt, {}};
        } else if (message.undo_until && *message.undo_until > ctx.now()) {
            claim.otherwise[i] = {Kind::held, "it can still be taken back", message.undo_until};
        } else {
            auto to_key = Email{message.to_email}.key();
            candidates.push_back({message.contact_id, to_key, message.class_, emails[i].stepped, message.id.value});
            open.push_back(std::move(message));
        }
    }
    if (open.empty()) co_return claim;
    auto verdicts = co_await lock_and_judge(tx, ctx, candidates);
    std::vector<Uuid> passed;
    for (std::size_t n = 0; n < open.size(); ++n) {
        auto i = place[open[n].id];
        auto& verdict = verdicts[n];
        if (verdict.kind == Verdict::Kind::allow) {
            passed.push_back(open[n].id.value);
            claim.messages[i] = std::move(open[n]);
            continue;
        }
        if (verdict.kind == Verdict::Kind::hold) {
            co_await tx.exec(hold_sql, ctx.account_id, open[n].id, verdict.until, verdict.reason);
            claim.otherwise[i] = answered(verdict);
        } else {
            claim.otherwise[i] = {Kind::refused, verdict.reason, {}};
            co_await give_up(tx, ctx, open[n], "Not sent: " + verdict.reason + ".");
        }
    }
    if (!passed.empty()) tx.queue(sending_sql, ctx.account_id, passed, ctx.now());
    co_return claim;
}

Task<std::vector<Delivery>> Messages::deliver(
    Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<NewEmail>& emails
) {
    auto people = co_await clients_of(ctx, emails);
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto body = [&](db::Session& tx) { return claim(tx, ctx, emails, people, profile); };
    auto claimed = co_await parts_.db.transaction(ctx, db::Plan::by_index, body);
    auto known = claimed.known;
    auto deliveries = co_await hand_over(ctx, runs, std::move(claimed));
    for (auto i : known) {
        auto found = co_await find_by_causes(ctx, {emails[i].cause_key});
        auto id = found.at(emails[i].cause_key);
        bool stepped = emails[i].occasion && emails[i].occasion->stepped;
        auto delivery = co_await deliver(ctx, {runs[i]}, std::vector<Waiting>{{id, stepped}});
        deliveries[i] = std::move(delivery.front());
    }
    co_return deliveries;
}

Task<std::vector<Delivery>> Messages::deliver(
    Context& ctx, const std::vector<jobs::Run>& runs, const std::vector<Waiting>& emails
) {
    auto body = [&](db::Session& tx) { return claim(tx, ctx, emails); };
    auto claimed = co_await parts_.db.transaction(ctx, db::Plan::by_index, body);
    co_return co_await hand_over(ctx, runs, std::move(claimed));
}

} // namespace doorstep::messages
