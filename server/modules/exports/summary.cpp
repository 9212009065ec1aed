#include "modules/exports/client_summary.hpp"
#include "modules/exports/exports.hpp"

namespace doorstep::exports {

namespace {

constexpr std::int64_t shown_steps = 10;
constexpr std::int64_t shown_emails = 10;
constexpr std::int64_t shown_notes = 20;
constexpr std::size_t shown_letters = 40'000;
constexpr std::int64_t shown_events = 30;

const db::Query member_sql{"exports.member", R"sql(
    select u.name from users u join memberships m on m.user_id = u.id where m.account_id = $1 and u.id = $2
)sql"};

/// To which of these e-mails there was an answer.
const db::Query answered_sql{"exports.answered", R"sql(
    select distinct message_id from received_emails
    where account_id = $1 and contact_id = $2 and kind = 'reply' and message_id is not null
)sql"};

Error refusal(PdfFault fault) {
    switch (fault) {
    case PdfFault::missing: return unavailable("pdf_missing", "No PDF can be made: WeasyPrint is not installed on the server.");
    case PdfFault::busy: return unavailable("busy", "The server is busy. Try again in a moment.");
    case PdfFault::slow: return unavailable("pdf_slow", "The PDF was not done in time. Try again in a moment.");
    case PdfFault::failed: break;
    }
    return unavailable("pdf_failed", "The PDF could not be made. Try again in a moment.");
}

/// A person's name as part of a file's.
std::string file_name(std::string name) {
    std::ranges::replace_if(name, [](char c) { return c == '/' || c == '\\'; }, '-');
    return name + ".pdf";
}

} // namespace

Task<ClientSummary> Exports::gather(Context& ctx, Id<Client> id, const accounts::SendingProfile& profile) {
    ClientSummary summary;
    summary.client = co_await parts_.contacts.require(ctx, id);
    summary.office = profile.account_name;
    summary.zone = profile.zone;
    summary.made_at = ctx.now();
    if (auto user = summary.client.assigned_to)
        summary.assigned_to = co_await parts_.db.maybe<std::string>(ctx, member_sql, ctx.account_id, *user);
    auto fields = co_await parts_.contacts.fields.list(ctx);
    summary.fields = std::move(fields.items);
    journeys::JourneyFilter of_journeys{.client_id = id, .limit = Int<1, 100>{100}};
    auto journeys = co_await parts_.journeys.list_journeys(ctx, of_journeys);
    for (auto& journey : journeys.items) {
        bool under_way =
            journey.status == journeys::JourneyStatus::in_progress || journey.status == journeys::JourneyStatus::paused;
        if (under_way) summary.journeys.push_back(std::move(journey));
    }
    journeys::TaskFilter to_come{.status = journeys::Status::pending, .client_id = id, .limit = Int<1, 100>{shown_steps}};
    auto tasks = co_await parts_.journeys.list(ctx, to_come);
    summary.next = std::move(tasks.items);
    messages::EmailFilter of_emails{.client_id = id, .limit = Int<1, 100>{shown_emails}};
    auto emails = co_await parts_.messages.list(ctx, of_emails);
    summary.emails = std::move(emails.items);
    auto answered = co_await parts_.db.all<Uuid>(ctx, answered_sql, ctx.account_id, id);
    for (auto& email : answered) summary.answered.insert({email});
    auto notes = co_await parts_.contacts.noted.list(ctx, id, {.page = std::nullopt, .limit = Int<1, 100>{shown_notes}});
    // A long note takes seconds to lay out: as many as fit, and the latest whatever it is.
    std::size_t letters = 0;
    for (auto& note : notes.items) {
        letters += note.body.size();
        if (letters > shown_letters && !summary.notes.empty()) break;
        summary.notes.push_back(std::move(note));
    }
    summary.more_notes = notes.total.value_or(0) - std::int64_t(summary.notes.size());
    auto documents = co_await parts_.contacts.documents.list(ctx, id);
    summary.documents = std::move(documents.items);
    auto timeline = co_await parts_.contacts.timeline(ctx, id, {.limit = Int<1, 100>{shown_events}, .cursor = std::nullopt});
    summary.timeline = std::move(timeline.items);
    co_return summary;
}

Task<http::Response> Exports::summary(Context& ctx, Id<Client> id, std::optional<accounts::Language> language) {
    auto profile = co_await parts_.accounts.sending_profile(ctx);
    auto summary = co_await gather(ctx, id, profile);
    if (!parts_.pdf) throw refusal(PdfFault::missing);
    auto html = client_summary_html(summary, enum_text(language.value_or(profile.language)));
    auto made = co_await parts_.pdf->render(std::move(html));
    if (!made) throw refusal(made.error());
    http::Response response;
    response.headers.add("Content-Type", "application/pdf");
    response.headers.add("Content-Disposition", files::attached_as(file_name(summary.client.name)));
    response.headers.add("Cache-Control", "private, no-store");
    response.body = std::move(*made);
    auto body = [&](db::Session& tx) -> Task<> { co_await note(tx, ctx, "client_summary_made", {"client", id.value, {}}); };
    co_await parts_.db.transaction(ctx, body);
    co_return response;
}

} // namespace doorstep::exports
