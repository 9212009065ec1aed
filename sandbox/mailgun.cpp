#include <algorithm>

#include "core/crypto.hpp"
#include "core/email.hpp"
#include "core/text.hpp"
#include "core/time.hpp"
#include "sandbox/input.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

using Form = FormFields;

constexpr std::size_t max_message_bytes = 25 << 20;
constexpr std::size_t max_option_bytes = 16 << 10;

http::Response refuse(int status, std::string_view message) {
    return http::Response::json(R"({"message":)" + json_quote(message) + "}", status);
}

http::Response server_error(int status) {
    if (status == 401) return http::Response::json("\"Forbidden\"", 401);
    return refuse(status, status < 500 ? "Bad request" : "Internal Server Error");
}

http::Response rate_limited(int status) {
    return refuse(
        status,
        "Domain mg.example.com is not allowed to send: account-requests-per-sec limit exceeded, try again after 2 seconds"
    );
}

constexpr Manners message_manners{"mailgun", "messages", server_error, rate_limited};

/// User `api` and any key: which one it is does not matter here.
bool has_key(const http::Request& request) {
    constexpr std::string_view scheme = "Basic ";
    auto header = request.header("Authorization");
    if (!header || !header->starts_with(scheme)) return false;
    auto pair = base64_decode(header->substr(scheme.size()));
    return pair && pair->starts_with("api:") && pair->size() > 4;
}

/// "Ana Ruiz <ana@example.com>" or the bare address.
std::optional<std::string> address_of(std::string_view shown) {
    auto open = shown.rfind('<');
    auto inner = open != shown.npos && shown.ends_with('>') ? shown.substr(open + 1, shown.size() - open - 2) : shown;
    Email email;
    if (Field<Email>::parse(inner, email)) return std::nullopt;
    return email.value;
}

std::size_t option_bytes(const Form& form) {
    std::size_t sum = 0;
    for (const auto& [name, value] : form) {
        if (name.starts_with("o:") || name.starts_with("h:") || name.starts_with("v:")) sum += name.size() + value.size();
    }
    return sum;
}

/// What Mailgun would not take, in its words; empty: nothing.
std::string find_fault(const Form& form) {
    if (field_value(form, "from").empty()) return "from parameter is missing";
    if (!address_of(field_value(form, "from"))) return "from parameter is not a valid address. please check documentation";
    auto to = field_value(form, "to");
    if (to.empty()) return "to parameter is missing";
    if (!address_of(to)) return "to parameter is not a valid address. please check documentation";
    bool has_content = std::ranges::any_of(form, [](const auto& field) {
        return (field.first == "text" || field.first == "html" || field.first == "amp-html" || field.first == "template") &&
               !field.second.empty();
    });
    if (!has_content) return "Need at least one of 'text', 'html', 'amp-html' or 'template' parameters specified";
    if (option_bytes(form) > max_option_bytes)
        return "Send options (parameters starting with o:, h:, or v:) are limited to 16KB total";
    for (const auto& [name, value] : form) {
        bool is_switch = name == "o:tracking" || name == "o:tracking-clicks" || name == "o:tracking-opens";
        if (is_switch && value != "yes" && value != "no" && value != "true" && value != "false" && value != "htmlonly")
            return name + " parameter is not valid";
    }
    return {};
}

/// An object of the fields whose names begin so, without the beginning; the ones in `always` come first.
std::string object_of(const Form& form, std::string_view prefix, const Form& always = {}) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    for (const auto& [name, value] : always) {
        if (value.empty()) continue;
        json.key(name);
        json.string(value);
    }
    for (const auto& [name, value] : form) {
        if (!name.starts_with(prefix)) continue;
        json.key(name.substr(prefix.size()));
        json.string(value);
    }
    json.end_object();
    return out;
}

std::optional<std::string> present(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

/// "20300304150000.1a2b3c4d5e6f7a8b@mg.example.com"
std::string make_id(Time now, const std::string& domain) {
    auto digits = format_rfc3339(now).substr(0, 19);
    std::erase_if(digits, [](char c) { return c < '0' || c > '9'; });
    std::string raw(8, '\0');
    fill_random(raw.data(), raw.size());
    return digits + "." + to_hex(raw) + "@" + domain;
}

Task<http::Response> take_message(Sandbox& sandbox, http::Context& ctx, const std::string& domain) {
    if (!has_key(*ctx.request)) co_return server_error(401);
    if (domain.find('.') == domain.npos) co_return refuse(404, "Domain not found: " + domain);
    auto type = ctx.request->header("Content-Type");
    bool urlencoded = type && to_lower_ascii(*type).starts_with("application/x-www-form-urlencoded");
    auto form = urlencoded ? http::parse_form(ctx.request->body) : std::nullopt;
    if (!form) co_return refuse(400, "The request body must be a form");
    if (auto fault = find_fault(*form); !fault.empty()) co_return refuse(400, fault);
    auto id = make_id(ctx.now(), domain);
    if (field_value(*form, "o:testmode") != "yes") {
        auto from = field_value(*form, "from");
        auto to = field_value(*form, "to");
        auto subject = field_value(*form, "subject");
        Json headers{object_of(*form, "h:", {{"From", from}, {"To", to}, {"Subject", subject}})};
        Message message{
            .id = Uuid::v7(ctx.now()),
            .channel = "email",
            .to = *address_of(to),
            .from = from,
            .subject = subject,
            .text = present(field_value(*form, "text")),
            .html = present(field_value(*form, "html")),
            .headers = headers,
            .provider = "mailgun",
            .message_id = id,
            .at = ctx.now(),
        };
        Json variables{object_of(*form, "v:")};
        co_await sandbox.record(ctx, message, variables);
    }
    co_return http::Response::json(R"({"id":)" + json_quote("<" + id + ">") + R"(,"message":"Queued. Thank you."})");
}

Task<http::Response> send_message(Sandbox& sandbox, http::Context& ctx, std::string domain, http::RawBody) {
    auto serve = [&]() -> Task<http::Response> { return take_message(sandbox, ctx, domain); };
    std::function<Task<http::Response>()> serve_call = serve;
    co_return co_await sandbox.play(ctx, message_manners, serve_call);
}

} // namespace

void mailgun_routes(http::Router& router, Sandbox& sandbox) {
    router.add("POST", "/sandbox/mailgun/v3/{domain}/messages", sandbox, send_message)
        .max_body(max_message_bytes)
        .anonymous()
        .hidden();
}

} // namespace doorstep::sandbox
