#include <kainjow/mustache.hpp>

#include <stdexcept>

#include "core/embedded.hpp"
#include "core/html.hpp"
#include "core/text.hpp"
#include "sandbox/sandbox.hpp"

namespace doorstep::sandbox {
namespace {

using kainjow::mustache::data;
using kainjow::mustache::mustache;

constexpr const char* event_buttons[] = {"delivered", "open", "click", "bounce", "spamreport", "unsubscribe"};

struct Outbox {
    std::vector<Message> items;
    BOOST_DESCRIBE_CLASS(Outbox, (), (items), (), ())
};

std::string read_template(std::string_view path) {
    auto text = embedded_template(path);
    if (!text) throw std::logic_error("a template is missing: " + std::string(path));
    return std::string(*text);
}

std::string render(std::string_view path, const data& values) {
    mustache page(read_template(path));
    if (!page.is_valid()) throw std::logic_error("a template is broken: " + page.error_message());
    return page.render(values);
}

data page_values(const Sandbox& sandbox) {
    auto now = sandbox.clock().now();
    data head;
    head.set("now", format_rfc3339(now));
    head.set("now_words", format_for_people(now, "UTC"));
    data values;
    values.set("style", read_template("sandbox/style.css"));
    values.set("header", render("sandbox/header.mustache", head));
    return values;
}

/// A text as HTML, its web addresses as links.
std::string with_links(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto start = std::min(text.find("https://"), text.find("http://"));
        out += escape_html(text.substr(0, start));
        if (start == text.npos) break;
        text.remove_prefix(start);
        auto address = text.substr(0, text.find_first_of(" \t\r\n<>\"'"));
        while (address.ends_with('.') || address.ends_with(',') || address.ends_with(')')) address.remove_suffix(1);
        auto escaped = escape_html(address);
        out += "<a href=\"" + escaped + "\" target=\"_blank\" rel=\"noreferrer\">" + escaped + "</a>";
        text.remove_prefix(address.size());
    }
    return out;
}

std::string preview_of(const Message& message) {
    std::string preview(utf8_prefix(message.text.value_or(""), 120));
    std::ranges::replace(preview, '\n', ' ');
    return preview;
}

/// The web address within a List-Unsubscribe header.
std::string unsubscribe_link(std::string_view header) {
    auto start = header.find("<http");
    if (start == header.npos) return {};
    auto end = header.find('>', start);
    return std::string(header.substr(start + 1, end - start - 1));
}

http::Response outbox_page(const Sandbox& sandbox, const std::vector<Message>& messages, const OutboxFilter& filter) {
    auto values = page_values(sandbox);
    data items{data::type::list};
    for (const auto& message : messages) {
        data item;
        item.set("id", message.id.text());
        item.set("to", message.to);
        item.set("subject", message.subject.value_or("(no subject)"));
        item.set("preview", preview_of(message));
        item.set("at", format_for_people(message.at, "UTC"));
        items.push_back(item);
    }
    values.set("has_items", !messages.empty());
    values.set("items", items);
    values.set("filtered", filter.to.value_or(""));
    return http::Response::html(render("sandbox/outbox.mustache", values));
}

http::Response message_page(const Sandbox& sandbox, const Message& message) {
    auto values = page_values(sandbox);
    data headers{data::type::list};
    std::string unsubscribe;
    auto document = JsonDocument::parse(message.headers.text);
    document.root().each_member([&](std::string_view name, JsonView value) {
        data header;
        std::string text(value.kind() == JsonView::Kind::string ? value.string() : std::string_view());
        if (name == "List-Unsubscribe") unsubscribe = unsubscribe_link(text);
        header.set("name", std::string(name));
        header.set("value", text);
        headers.push_back(header);
    });
    data events{data::type::list};
    for (auto event : event_buttons) events.push_back(data(event));
    values.set("id", message.id.text());
    values.set("subject", message.subject.value_or("(no subject)"));
    values.set("headers", headers);
    values.set("at", format_for_people(message.at, "UTC"));
    values.set("provider", message.provider);
    values.set("message_id", message.message_id);
    values.set("unsubscribe", unsubscribe.empty() ? data(false) : data(unsubscribe));
    values.set("events", events);
    values.set("has_html", message.html.has_value());
    values.set("has_text", message.text.has_value());
    values.set("text", with_links(message.text.value_or("")));
    return http::Response::html(render("sandbox/message.mustache", values));
}

Task<Message> require_message(Sandbox& sandbox, http::Context& ctx, Uuid id) {
    auto message = co_await sandbox.find_message(ctx, id.text());
    if (!message) throw not_found("message");
    co_return std::move(*message);
}

Task<http::Response> show_outbox(Sandbox& sandbox, http::Context& ctx, http::Query<OutboxFilter> filter) {
    auto messages = co_await sandbox.outbox(ctx, *filter);
    auto response = ctx.request->wants_html() ? outbox_page(sandbox, messages, *filter)
                                              : http::Response::json(to_json(Outbox{std::move(messages)}));
    response.headers.set("Vary", "Accept");
    co_return response;
}

Task<http::Response> show_message(Sandbox& sandbox, http::Context& ctx, Uuid id) {
    auto message = co_await require_message(sandbox, ctx, id);
    auto response = ctx.request->wants_html() ? message_page(sandbox, message) : http::Response::json(to_json(message));
    response.headers.set("Vary", "Accept");
    co_return response;
}

/// The HTML part alone, for the frame: without scripts, forms and an origin, whatever the message holds.
Task<http::Response> show_html(Sandbox& sandbox, http::Context& ctx, Uuid id) {
    auto message = co_await require_message(sandbox, ctx, id);
    auto response = http::Response::html("<base target=\"_blank\">" + message.html.value_or(""));
    response.headers.set(
        "Content-Security-Policy",
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src http: https: data:; "
        "style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
    );
    co_return response;
}

Task<http::Response> show_start(Sandbox&, http::Context&) {
    co_return http::Response::redirect("/sandbox/outbox");
}

} // namespace

void page_routes(http::Router& router, Sandbox& sandbox) {
    router.add("GET", "/sandbox", sandbox, show_start).anonymous().hidden();
    router.add("GET", "/sandbox/outbox", sandbox, show_outbox).anonymous().hidden();
    router.add("GET", "/sandbox/outbox/{id}", sandbox, show_message).anonymous().hidden();
    router.add("GET", "/sandbox/outbox/{id}/html", sandbox, show_html).anonymous().hidden();
}

} // namespace doorstep::sandbox
