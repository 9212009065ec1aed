#include "modules/onboarding/steps.hpp"

#include <algorithm>
#include <set>

#include "modules/onboarding/secret_names.hpp"

namespace doorstep::onboarding {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// "149.5" as "149.50"; nothing where it is no amount of money.
std::optional<std::string> amount(std::string_view text) {
    auto point = std::min(text.find('.'), text.size());
    auto whole = text.substr(0, point);
    auto cents = point < text.size() ? text.substr(point + 1) : std::string_view("00");
    if (whole.empty() || whole.size() > 8 || cents.empty() || cents.size() > 2) return std::nullopt;
    if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(cents, is_digit)) return std::nullopt;
    return std::string(whole) + "." + std::string(cents) + (cents.size() == 1 ? "0" : "");
}

std::optional<std::string> amount(const Json& json) {
    auto document = JsonDocument::parse(json.text);
    auto value = document.root();
    if (value.kind() == JsonView::Kind::string) return amount(value.string());
    if (value.kind() != JsonView::Kind::integer && value.kind() != JsonView::Kind::number) return std::nullopt;
    return amount(value.text());
}

bool is_short_text(JsonView value) {
    return value.kind() == JsonView::Kind::string && value.string().size() <= 100;
}

/// ["email", "sms"] or {"email": true, "sms": false}.
bool are_channels(const Json& json) {
    auto document = JsonDocument::parse(json.text);
    auto value = document.root();
    if (value.size() > 20) return false;
    if (is_short_text(value)) return true;
    if (value.kind() == JsonView::Kind::array) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (!is_short_text(value.at(i))) return false;
        }
        return true;
    }
    if (value.kind() != JsonView::Kind::object) return false;
    bool good = true;
    value.each_member([&good](std::string_view, JsonView member) {
        good = good && (member.kind() == JsonView::Kind::boolean || is_short_text(member));
    });
    return good;
}

template <class T>
Json read(const JsonObject& data) {
    auto document = JsonDocument::parse(data.text);
    Reader reader;
    T value{};
    {
        Reader::At at(reader, "data");
        read_json(document.root(), value, reader);
    }
    reader.require_ok();
    if constexpr (std::is_same_v<T, ServicesStep>) {
        for (auto& service : value.services) {
            if (service.base_price) service.base_price->text = json_quote(*amount(*service.base_price));
        }
    }
    return {sent_members(value)};
}

void copy_without_passwords(JsonView value, JsonWriter& writer) {
    switch (value.kind()) {
    case JsonView::Kind::object:
        writer.begin_object();
        value.each_member([&writer](std::string_view name, JsonView member) {
            if (names_secret(name)) return;
            writer.key(name);
            copy_without_passwords(member, writer);
        });
        return writer.end_object();
    case JsonView::Kind::array:
        writer.begin_array();
        for (std::size_t i = 0; i < value.size(); ++i) copy_without_passwords(value.at(i), writer);
        return writer.end_array();
    default: writer.raw(value.text());
    }
}

/// The characters after `mark` that an id may have.
std::string_view id_after(std::string_view text, std::string_view mark) {
    auto start = text.find(mark);
    if (start == text.npos) return {};
    auto rest = text.substr(start + mark.size());
    auto is_part = [](char c) {
        return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
    };
    auto end = std::ranges::find_if_not(rest, is_part);
    return rest.substr(0, std::size_t(end - rest.begin()));
}

std::optional<std::string> video_id(std::string_view text) {
    for (std::string_view mark : {"vimeo:", "player.vimeo.com/video/", "vimeo.com/"}) {
        auto id = id_after(text, mark);
        if (!id.empty() && id.size() <= 15 && std::ranges::all_of(id, is_digit)) return "vimeo:" + std::string(id);
    }
    for (std::string_view mark :
         {"youtube:", "youtube.com/watch?v=", "youtube.com/embed/", "youtube-nocookie.com/embed/", "youtube.com/shorts/",
          "youtu.be/"}) {
        auto id = id_after(text, mark);
        if (id.size() == 11) return "youtube:" + std::string(id);
    }
    return std::nullopt;
}

} // namespace

void OfferedService::validate(Reader& reader) const {
    if (base_price && !amount(*base_price)) reader.fail("base_price", "invalid", "must be an amount such as 149.50");
}

void ServicesStep::validate(Reader& reader) const {
    if (services.empty()) reader.fail("services", "required", "must name at least one service");
    if (services.size() > 100) reader.fail("services", "too_long", "may name at most 100 services");
    std::set<std::string> names;
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (names.insert(to_lower_ascii(services[i].name.value)).second) continue;
        Reader::At list(reader, "services");
        Reader::At item(reader, i);
        reader.fail("name", "duplicate", "is named twice");
    }
}

void ProfileStep::validate(Reader& reader) const {
    if (communication_prefs && !are_channels(*communication_prefs))
        reader.fail("communication_prefs", "invalid", "must list channels, or say yes or no to each");
}

void GoogleAdsStep::validate(Reader& reader) const {
    if (!google_ads_account_id || google_ads_account_id->value.empty()) return;
    auto& text = google_ads_account_id->value;
    auto digits = std::ranges::count_if(text, is_digit);
    bool fine = digits == 10 && std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '-' || c == ' '; });
    if (!fine) reader.fail("google_ads_account_id", "invalid", "must be ten digits, such as 123-456-7890");
}

Json read_step(Step step, const JsonObject& data) {
    switch (step) {
    case Step::profile: return read<ProfileStep>(data);
    case Step::services: return read<ServicesStep>(data);
    case Step::brand: return read<BrandStep>(data);
    case Step::website: return read<WebsiteStep>(data);
    case Step::ga4: return read<Ga4Step>(data);
    case Step::google_ads: return read<GoogleAdsStep>(data);
    case Step::meta: return read<MetaStep>(data);
    case Step::forms: return read<FormsStep>(data);
    case Step::calendar: return read<CalendarStep>(data);
    }
    return {"{}"};
}

std::vector<PlannedStep> agency_plan() {
    using enum Step;
    return {{profile}, {services}, {brand}, {website}, {ga4}, {google_ads}, {meta}, {forms}};
}

std::vector<PlannedStep> own_plan() {
    return {{Step::profile, true}, {Step::calendar, false}};
}

void check_plan(const std::vector<PlannedStep>& steps, Reader& reader) {
    if (steps.empty() || steps.front().key != Step::profile || !steps.front().required)
        reader.fail("steps", "profile_first", "must begin with the profile, which is required");
    std::set<Step> seen;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        Reader::At list(reader, "steps");
        Reader::At item(reader, i);
        if (steps[i].key == Step::calendar) reader.fail("key", "not_here", "is no step of an agency's clients");
        if (!seen.insert(steps[i].key).second) reader.fail("key", "duplicate", "is there twice");
    }
}

JsonObject without_passwords(const JsonObject& draft) {
    auto document = JsonDocument::parse(draft.text);
    JsonObject clean{""};
    JsonWriter writer(clean.text);
    copy_without_passwords(document.root(), writer);
    return clean;
}

} // namespace doorstep::onboarding

namespace doorstep {

std::optional<Fault> Field<onboarding::WebLink>::parse(std::string_view text, onboarding::WebLink& out) {
    Fault fault{"invalid", "must be a web address such as https://example.com"};
    auto trimmed = trim(text);
    std::string link(trimmed);
    if (link.find("://") == link.npos) link = "https://" + link;
    auto rest = std::string_view(link);
    if (rest.starts_with("https://"))
        rest.remove_prefix(8);
    else if (rest.starts_with("http://"))
        rest.remove_prefix(7);
    else
        return fault;
    auto host = rest.substr(0, rest.find_first_of("/?#"));
    bool good_host = host.find('.') != host.npos && host.front() != '.' && host.back() != '.' && host.find('@') == host.npos;
    bool good_text = is_utf8(link) && std::ranges::none_of(link, [](unsigned char c) {
                         return c <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' || c == '`' || c == 0x7f;
                     });
    if (!good_host || !good_text || link.size() > 300) return fault;
    out.value = std::move(link);
    return std::nullopt;
}

std::optional<Fault> Field<onboarding::Video>::parse(std::string_view text, onboarding::Video& out) {
    if (text.size() > 2000) return Fault{"too_long", "is too long"};
    auto id = onboarding::video_id(text);
    if (!id) return Fault{"invalid", "must be the address of a film at Vimeo or YouTube"};
    out.value = std::move(*id);
    return std::nullopt;
}

} // namespace doorstep
