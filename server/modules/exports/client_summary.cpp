#include "modules/exports/client_summary.hpp"

#include <kainjow/mustache.hpp>
#include <stdexcept>

#include "core/embedded.hpp"
#include "core/html.hpp"
#include "core/phrases.hpp"
#include "modules/exports/happening.hpp"

namespace doorstep::exports {

namespace {

using kainjow::mustache::data;

class Page {
public:
    Page(const ClientSummary& summary, std::string_view language) : from_(summary), words_(language) {}

    data values() {
        data page;
        page.set("language", words_.language());
        page.set("title", words_("client_summary.title"));
        page.set("name", from_.client.name);
        page.set("office", from_.office);
        page.set("paper", std::string(from_.zone.value.starts_with("America/") ? "letter" : "A4"));
        page.set("made_at", when(from_.made_at));
        page.set("stage", words_.label("stage", enum_text(from_.client.stage)));
        page.set("facts", facts());
        page.set("journeys", section("journeys", journeys(), "client_summary.no_journeys"));
        page.set("next", section("next", next()));
        page.set("emails", section("emails", emails(), "client_summary.no_emails"));
        page.set("notes", section("notes", notes()));
        page.set("documents", section("documents", documents()));
        page.set("timeline", section("timeline", timeline()));
        for (auto key : {"when", "what", "how", "subject", "status"})
            page.set(std::string("word_") + key, words_(std::string("client_summary.") + key));
        return page;
    }

private:
    std::string when(Time time) const { return format_with_year(time, from_.zone.value, words_.language()); }

    /// A heading and its items; without any nothing, or a line that says so.
    data section(const std::string& name, data items, std::string_view none = {}) const {
        bool empty = items.list_value().empty();
        if (empty && none.empty()) return data(data::type::bool_false);
        data made;
        made.set("heading", words_("client_summary." + name));
        if (empty)
            made.set("none", words_(none));
        else
            made.set("items", std::move(items));
        return made;
    }

    static void add(data& items, const std::string& label, const std::string& value) {
        if (value.empty()) return;
        data item;
        item.set("label", label);
        item.set("value", value);
        items.push_back(item);
    }

    data facts() const {
        auto& client = from_.client;
        data items(data::type::list);
        auto fact = [&](std::string_view name, const std::string& value) {
            add(items, words_("client_summary." + std::string(name)), value);
        };
        std::string tags;
        for (auto& tag : client.tags) tags += (tags.empty() ? "" : ", ") + tag;
        auto yes = words_("client_summary.yes");
        fact("email", client.email ? client.email->value : "");
        fact("phone", client.phone ? client.phone->value : "");
        fact("unsubscribed", client.email_unsubscribed ? yes : "");
        fact("address", client.property_address + " (" + words_.label("property_type", enum_text(client.property_type)) + ")");
        fact("tags", tags);
        fact("assigned_to", from_.assigned_to.value_or(""));
        fact("last_contacted", client.last_contacted ? when(*client.last_contacted) : words_("client_summary.never"));
        fact("since", when(client.created_at));
        own_fields(items);
        fact("about", client.notes.value_or(""));
        return items;
    }

    /// Those with a definition in its order, then the free-form ones.
    void own_fields(data& items) const {
        auto custom = JsonDocument::parse(from_.client.custom_fields.text);
        std::set<std::string, std::less<>> defined;
        for (auto& field : from_.fields) {
            defined.insert(field.key);
            if (auto value = custom.root().find(field.key)) add(items, field.label, value_text(*value));
        }
        custom.root().each_member([&](std::string_view key, JsonView value) {
            if (!defined.contains(key)) add(items, std::string(key), value_text(value));
        });
    }

    std::string value_text(JsonView value) const {
        if (value.is_null()) return "";
        if (value.kind() == JsonView::Kind::string) return std::string(value.string());
        auto text = value.text();
        if (text == "true") return words_("client_summary.yes");
        if (text == "false") return words_("client_summary.no");
        return text;
    }

    data journeys() const {
        data items(data::type::list);
        for (auto& journey : from_.journeys) {
            auto steps = fill_in(
                words_("client_summary.steps"),
                {{"done", std::to_string(journey.steps_done)}, {"steps", std::to_string(journey.steps)}}
            );
            if (journey.status == journeys::JourneyStatus::paused) steps += ", " + words_("client_summary.paused");
            add(items, journey.name, steps);
        }
        return items;
    }

    data next() const {
        data items(data::type::list);
        for (auto& task : from_.next) {
            data item;
            item.set("when", when(task.scheduled_for));
            item.set("what", task.title ? *task.title : words_.label("followup", enum_text(task.followup_type)));
            item.set("how", words_.label("channel", enum_text(task.channel)));
            item.set("notes", task.notes.value_or(""));
            items.push_back(item);
        }
        return items;
    }

    data emails() const {
        data items(data::type::list);
        for (auto& email : from_.emails) {
            auto status = words_.label("email_status", enum_text(email.status));
            if (from_.answered.contains(email.id)) status += ", " + words_("client_summary.answered");
            data item;
            item.set("when", when(email.sent_at.value_or(email.created_at)));
            item.set("subject", email.subject);
            item.set("status", status);
            items.push_back(item);
        }
        return items;
    }

    data notes() const {
        data items(data::type::list);
        for (auto& note : from_.notes) add(items, when(note.created_at) + ", " + note.author, note.body);
        if (from_.more_notes > 0) {
            auto count = std::to_string(from_.more_notes);
            add(items, "", fill_in(words_("client_summary.more_notes"), {{"n", count}}));
        }
        return items;
    }

    data documents() const {
        data items(data::type::list);
        for (auto& document : from_.documents) add(items, when(document.created_at), document.name);
        return items;
    }

    data timeline() const {
        data items(data::type::list);
        for (auto& entry : from_.timeline) {
            auto told = tell(entry, words_);
            data item;
            item.set("when", when(entry.at));
            item.set("what", told.title);
            item.set("detail", told.detail);
            item.set("by", told.by);
            items.push_back(item);
        }
        return items;
    }

    const ClientSummary& from_;
    Words words_;
};

} // namespace

std::string client_summary_html(const ClientSummary& summary, std::string_view language) {
    auto file = embedded_template("pdf/client-summary.mustache");
    kainjow::mustache::mustache page{std::string(file.value())};
    if (!page.is_valid()) throw std::logic_error("a template is broken: " + page.error_message());
    page.set_custom_escape([](const std::string& text) { return escape_html(text); });
    return page.render(Page(summary, language).values());
}

} // namespace doorstep::exports
