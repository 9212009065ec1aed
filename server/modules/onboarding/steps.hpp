#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/email.hpp"
#include "core/phone.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace doorstep::onboarding {

/// The eight of an agency's clients, and the one that only a realtor who came alone has.
enum class Step { profile, services, brand, website, ga4, google_ads, meta, forms, calendar };
BOOST_DESCRIBE_ENUM(Step, profile, services, brand, website, ga4, google_ads, meta, forms, calendar)

enum class WebsiteAccess { not_sure, someone_else_will_provide, provided, will_provide, need_help };
BOOST_DESCRIBE_ENUM(WebsiteAccess, not_sure, someone_else_will_provide, provided, will_provide, need_help)

enum class Ga4Access { no_ga4_setup, agency_controls_ga4, not_ga4, provided, will_provide, not_running_ga4, need_help };
BOOST_DESCRIBE_ENUM(Ga4Access, no_ga4_setup, agency_controls_ga4, not_ga4, provided, will_provide, not_running_ga4, need_help)

enum class GoogleAdsAccess {
    no_google_ads_account,
    no_google_ads_history,
    not_sure,
    agency_owns_google_ads,
    provided,
    will_provide,
    not_running_google_ads,
    need_help
};
BOOST_DESCRIBE_ENUM(
    GoogleAdsAccess, no_google_ads_account, no_google_ads_history, not_sure, agency_owns_google_ads, provided, will_provide,
    not_running_google_ads, need_help
)

enum class MetaAccess {
    not_sure,
    no_social_accounts,
    no_meta_ads_history,
    agency_owns_ad_account,
    provided_access,
    will_provide_access,
    not_running_meta,
    need_help
};
BOOST_DESCRIBE_ENUM(
    MetaAccess, not_sure, no_social_accounts, no_meta_ads_history, agency_owns_ad_account, provided_access, will_provide_access,
    not_running_meta, need_help
)

enum class FormsDetails { provided, will_provide, need_help };
BOOST_DESCRIBE_ENUM(FormsDetails, provided, will_provide, need_help)

enum class CalendarChoice { connected, later };
BOOST_DESCRIBE_ENUM(CalendarChoice, connected, later)

/// A web address, http or https; "example.com" is taken for https.
struct WebLink {
    std::string value;

    operator const std::string&() const { return value; }
};

/// A film at Vimeo or YouTube: taken from its address or embed code, kept as "vimeo:76979871".
struct Video {
    std::string value;

    operator const std::string&() const { return value; }
};

struct OfferedService {
    Line<1, 100> name;
    std::optional<Text<0, 1000>> description;
    std::optional<Json> base_price; ///< in: a number or a decimal text; kept as the text
    BOOST_DESCRIBE_CLASS(OfferedService, (), (name, description, base_price), (), ())

    void validate(Reader& reader) const;
};

// What each step takes. Optional members that are not sent stay as they are.

struct ProfileStep {
    Line<1, 100> display_name;
    std::optional<Phone> phone;
    std::optional<Json> communication_prefs; ///< names of channels, or each with a yes or no
    std::optional<Text<0, 500>> front_desk_emails;
    std::optional<Text<0, 500>> form_email_recipients;
    std::optional<Line<0, 100>> office_admin_name;
    std::optional<Email> office_admin_email;
    std::optional<Phone> office_admin_phone;
    std::optional<WebLink> website_url;
    std::optional<Video> video;
    std::optional<Zone> zone; ///< the account's
    BOOST_DESCRIBE_CLASS(
        ProfileStep, (),
        (display_name, phone, communication_prefs, front_desk_emails, form_email_recipients, office_admin_name,
         office_admin_email, office_admin_phone, website_url, video, zone),
        (), ()
    )

    void validate(Reader& reader) const;
};

struct ServicesStep {
    std::vector<OfferedService> services;
    BOOST_DESCRIBE_CLASS(ServicesStep, (), (services), (), ())

    void validate(Reader& reader) const;
};

struct BrandStep {
    Line<1, 100> business_name;
    std::optional<Text<0, 4000>> business_description;
    std::optional<Text<0, 300>> primary_brand_colors;
    std::optional<Text<0, 4000>> brand_notes;
    std::optional<WebLink> website_url;
    BOOST_DESCRIBE_CLASS(
        BrandStep, (), (business_name, business_description, primary_brand_colors, brand_notes, website_url), (), ()
    )
};

struct WebsiteStep {
    WebsiteAccess website_access_status{};
    BOOST_DESCRIBE_CLASS(WebsiteStep, (), (website_access_status), (), ())
};

struct Ga4Step {
    Ga4Access ga4_access_status{};
    BOOST_DESCRIBE_CLASS(Ga4Step, (), (ga4_access_status), (), ())
};

struct GoogleAdsStep {
    GoogleAdsAccess google_ads_access_status{};
    std::optional<Line<0, 20>> google_ads_account_id; ///< 123-456-7890
    BOOST_DESCRIBE_CLASS(GoogleAdsStep, (), (google_ads_access_status, google_ads_account_id), (), ())

    void validate(Reader& reader) const;
};

struct MetaStep {
    MetaAccess meta_access_status{};
    BOOST_DESCRIBE_CLASS(MetaStep, (), (meta_access_status), (), ())
};

struct FormsStep {
    FormsDetails website_forms_details_status{};
    BOOST_DESCRIBE_CLASS(FormsStep, (), (website_forms_details_status), (), ())
};

struct CalendarStep {
    CalendarChoice calendar_status{};
    BOOST_DESCRIBE_CLASS(CalendarStep, (), (calendar_status), (), ())
};

/// The members that were sent, as a JSON object.
template <class T>
std::string sent_members(const T& value) {
    std::string out;
    JsonWriter writer(out);
    writer.begin_object();
    boost::mp11::mp_for_each<MembersOf<T>>([&writer, &value](auto d) {
        auto& member = value.*d.pointer;
        using Member = std::remove_cvref_t<decltype(member)>;
        if constexpr (detail::is_optional<Member>) {
            if (!member) return;
        } else if constexpr (detail::is_patch<Member>) {
            if (!member.is_set()) return;
        }
        writer.key(d.name);
        write_json(writer, member);
    });
    writer.end_object();
    return out;
}

/// The data of a step, checked: an object of the profile's columns. Throws Error 422 with every bad field, named `data.…`.
Json read_step(Step step, const JsonObject& data);

/// A step that is asked for.
struct PlannedStep {
    Step key{};
    bool required = true;
    BOOST_DESCRIBE_CLASS(PlannedStep, (), (key, required), (), ())
};

/// All eight in the order of the trade.
std::vector<PlannedStep> agency_plan();
std::vector<PlannedStep> own_plan();
/// Tells the reader what is wrong: each of the eight at most once, the profile first and required.
void check_plan(const std::vector<PlannedStep>& steps, Reader& reader);

/// Without whatever is called a password, at any depth.
JsonObject without_passwords(const JsonObject& draft);

} // namespace doorstep::onboarding

namespace doorstep {

template <>
struct Field<onboarding::WebLink> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, onboarding::WebLink& out);
    static std::string_view view(const onboarding::WebLink& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","maxLength":300,"examples":["https://example.com"]})"; }
    static onboarding::WebLink from_sql(std::string_view text) { return {std::string(text)}; }
};

template <>
struct Field<onboarding::Video> {
    static constexpr auto kind = JsonKind::string;
    static std::optional<Fault> parse(std::string_view text, onboarding::Video& out);
    static std::string_view view(const onboarding::Video& value) { return value.value; }
    static std::string schema() { return R"({"type":"string","maxLength":2000,"examples":["https://vimeo.com/76979871"]})"; }
    static onboarding::Video from_sql(std::string_view text) { return {std::string(text)}; }
};

} // namespace doorstep
