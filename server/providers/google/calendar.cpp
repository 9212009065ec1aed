#include "providers/google/calendar.hpp"

#include <algorithm>
#include <random>

#include "core/sleep.hpp"
#include "core/text.hpp"

namespace doorstep::providers {

namespace {

using namespace std::chrono_literals;
using namespace calendar;
using Kind = ProviderFailure::Kind;

constexpr int most_tries = 3;
constexpr auto longest_wait = 3s;
constexpr int most_pages = 40;
constexpr std::string_view page_size = "250"; // as many as Google gives at once

std::unexpected<ProviderFailure> fail(Kind kind, std::string reason, std::optional<std::chrono::seconds> wait = {}) {
    return std::unexpected(ProviderFailure{kind, std::move(reason), wait});
}

std::unexpected<ProviderFailure> fail(const OAuthFailure& failure) {
    auto kind = Kind::again;
    if (failure.kind == OAuthFailure::Kind::untrusted) kind = Kind::untrusted;
    if (failure.kind == OAuthFailure::Kind::refused) kind = Kind::refused;
    return fail(kind, failure.reason, failure.retry_after);
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        auto space = std::min(text.find(' '), text.size());
        if (space > 0) words.emplace_back(text.substr(0, space));
        text.remove_prefix(std::min(space + 1, text.size()));
    }
    return words;
}

std::chrono::seconds lifetime(JsonView answer) {
    auto value = answer.find("expires_in");
    if (!value || value->kind() != JsonView::Kind::integer) return 0s;
    return std::chrono::seconds(std::clamp<std::int64_t>(value->integer(), 0, 86'400));
}

/// The first reason of an error in Google's form.
std::string reason_of(const std::string& body) {
    auto document = JsonDocument::try_parse(body);
    if (!document || document->root().kind() != JsonView::Kind::object) return {};
    auto error = document->root().find("error");
    if (!error || error->kind() != JsonView::Kind::object) return {};
    auto errors = error->find("errors");
    bool listed = errors && errors->kind() == JsonView::Kind::array && errors->size() > 0;
    auto reason = listed ? text_of(errors->at(0), "reason") : std::string();
    return std::string(utf8_prefix(reason.empty() ? text_of(*error, "status") : reason, 100));
}

/// What an answer other than 200 means. Limits come as 403 too, and so does what only the operator can mend.
ProviderFailure explain(const http::Reply& reply) {
    auto reason = reason_of(reply.body);
    ProviderFailure failure{Kind::refused, "Google Calendar answered " + std::to_string(reply.status) + " " + reason, {}};
    failure.retry_after = http::retry_after(reply.headers, std::chrono::system_clock::now());
    bool limited = reason == "rateLimitExceeded" || reason == "userRateLimitExceeded" || reason == "quotaExceeded" ||
                   reason == "dailyLimitExceeded";
    if (limited || http::retry_class(reply.status) == http::RetryClass::retry)
        failure.kind = Kind::again;
    else if (reply.status == 401)
        failure.kind = Kind::unauthorized;
    else if (reply.status == 403 && reason == "insufficientPermissions")
        failure.kind = Kind::forbidden;
    return failure;
}

std::optional<ProviderCalendar> read_calendar(JsonView item) {
    ProviderCalendar calendar{.id = text_of(item, "id")};
    if (calendar.id.empty()) return std::nullopt;
    // What a person has renamed for themselves counts.
    auto own_name = text_of(item, "summaryOverride");
    calendar.name = own_name.empty() ? text_of(item, "summary") : own_name;
    auto primary = item.find("primary");
    calendar.primary = primary && primary->kind() == JsonView::Kind::boolean && primary->boolean();
    auto role = text_of(item, "accessRole");
    calendar.writable = role == "owner" || role == "writer";
    calendar.time_zone = text_of(item, "timeZone");
    calendar.color = text_of(item, "backgroundColor");
    return calendar;
}

class GoogleCalendar final : public CalendarProvider {
public:
    GoogleCalendar(GoogleCalendarOptions options, http::Client& client, const Clock& clock)
        : base_url_(std::move(options.base_url)), client_(client), oauth_(std::move(options.client), client, clock) {
        while (base_url_.ends_with('/')) base_url_.pop_back();
    }

    Task<ProviderResult<std::string>> consent_url(const ConsentAttempt& attempt, std::string login_hint) override {
        auto scope =
            "openid email " + std::string(events_scope) + " " + std::string(freebusy_scope) + " " + std::string(list_scope);
        auto url =
            co_await oauth_.authorize_url(attempt.redirect_uri, scope, attempt.state, attempt.nonce, attempt.code_verifier);
        if (!url) co_return fail(url.error());
        // A refresh token is given out only so, and to who consented before only with the question put again.
        append_parameter(*url, "access_type", "offline");
        append_parameter(*url, "prompt", "consent");
        append_parameter(*url, "include_granted_scopes", "true");
        if (!login_hint.empty()) append_parameter(*url, "login_hint", login_hint);
        co_return std::move(*url);
    }

    Task<ProviderResult<Grant>> redeem(const ConsentAttempt& attempt, std::string code) override {
        auto answer = co_await oauth_.redeem(code, attempt.redirect_uri, attempt.code_verifier);
        if (!answer) co_return fail(answer.error());
        auto said = answer->root();
        Grant grant;
        grant.access_token = text_of(said, "access_token");
        grant.refresh_token = text_of(said, "refresh_token");
        grant.scopes = words_of(text_of(said, "scope"));
        grant.expires_in = lifetime(said);
        auto id_token = text_of(said, "id_token");
        auto person = co_await oauth_.person(id_token, grant.access_token, attempt.nonce);
        if (!person) co_return fail(person.error());
        grant.issuer = std::move(person->issuer);
        grant.subject = std::move(person->subject);
        if (person->email) grant.email = person->email->value;
        co_return grant;
    }

    Task<ProviderResult<Refreshed>> refresh(std::string refresh_token) override {
        auto answer = co_await oauth_.refresh(refresh_token);
        if (!answer) {
            if (answer.error().error == "invalid_grant") co_return fail(Kind::dead, answer.error().reason);
            // Anything else is a fault of ours or theirs, which the person can't mend by consenting again.
            co_return fail(Kind::again, answer.error().reason, answer.error().retry_after);
        }
        auto said = answer->root();
        co_return Refreshed{
            text_of(said, "access_token"), lifetime(said), text_of(said, "refresh_token"), words_of(text_of(said, "scope"))
        };
    }

    Task<ProviderResult<bool>> revoke(std::string refresh_token) override {
        auto ended = co_await oauth_.revoke(refresh_token);
        if (!ended) co_return fail(ended.error());
        co_return true;
    }

    Task<ProviderResult<std::vector<ProviderCalendar>>> calendars(std::string access_token) override {
        std::vector<ProviderCalendar> found;
        std::string page;
        for (int number = 0; number < most_pages; ++number) {
            auto url = base_url_ + "/users/me/calendarList?";
            append_parameter(url, "maxResults", page_size);
            if (!page.empty()) append_parameter(url, "pageToken", page);
            auto document = co_await get(url, access_token);
            if (!document) co_return std::unexpected(document.error());
            auto said = document->root();
            auto items = said.kind() == JsonView::Kind::object ? said.find("items") : std::nullopt;
            if (items && items->kind() == JsonView::Kind::array) {
                for (std::size_t i = 0; i < items->size(); ++i) {
                    if (auto calendar = read_calendar(items->at(i))) found.push_back(std::move(*calendar));
                }
            }
            page = text_of(said, "nextPageToken");
            if (page.empty()) co_return found;
        }
        co_return fail(Kind::refused, "the list of calendars has no end");
    }

private:
    /// Reading does no harm twice: what may pass is tried again, a moment later.
    Task<ProviderResult<JsonDocument>> get(const std::string& url, const std::string& access_token) {
        for (int number = 1;; ++number) {
            auto document = co_await get_once(url, access_token);
            if (document || document.error().kind != Kind::again || number == most_tries) co_return document;
            auto wait = std::chrono::milliseconds(document.error().retry_after.value_or(0s));
            if (wait > longest_wait) co_return document;
            co_await sleep_for(std::max(wait, jitter(number)));
        }
    }

    Task<ProviderResult<JsonDocument>> get_once(const std::string& url, const std::string& access_token) {
        http::Call call{.url = url, .timeout = oauth_.options().timeout, .provider = "google"};
        call.headers.add("Authorization", "Bearer " + access_token);
        call.headers.add("Accept", "application/json");
        auto reply = co_await client_.send(std::move(call));
        if (!reply) co_return fail(Kind::again, "Google Calendar: " + reply.error().reason);
        if (reply->status != 200) co_return std::unexpected(explain(*reply));
        auto document = JsonDocument::try_parse(reply->body);
        if (!document) co_return fail(Kind::again, "Google Calendar answered what is no JSON");
        co_return std::move(*document);
    }

    static std::chrono::milliseconds jitter(int number) {
        thread_local std::mt19937 random{std::random_device{}()};
        return std::chrono::milliseconds(std::uniform_int_distribution<int>(100, 250 << number)(random));
    }

    std::string base_url_;
    http::Client& client_;
    GoogleOAuth oauth_;
};

} // namespace

std::unique_ptr<calendar::CalendarProvider> make_google_calendar(
    GoogleCalendarOptions options, http::Client& client, const Clock& clock
) {
    return std::make_unique<GoogleCalendar>(std::move(options), client, clock);
}

} // namespace doorstep::providers
