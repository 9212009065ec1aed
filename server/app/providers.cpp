#include "app/providers.hpp"

#include "providers/mailgun/events.hpp"
#include "providers/maxmind/maxmind.hpp"
#include "providers/sendgrid/events.hpp"
#include "providers/sendgrid/inbound.hpp"
#include "providers/smtp/smtp.hpp"

namespace doorstep::app {

namespace {

constexpr auto sandbox_client = "doorstep";

void plan_letters(ProviderPlan& plan, const Config& config, const std::optional<SandboxDoubles>& sandbox) {
    plan.mailgun_keys = config.mailgun_webhook_signing_key;
    bool others = !config.sendgrid_api_key.empty() || config.smtp_url;
    if (!config.mailgun_api_key.empty()) {
        plan.mailgun = {config.mailgun_api_key, config.mailgun_domain, config.mailgun_base_url.value};
        plan.letters_from.from = Email{"no-reply@" + config.mailgun_domain};
    } else if (sandbox && !others) {
        plan.mailgun = {"sandbox", "mg.doorstep.test", sandbox->base_url + "/mailgun"};
    }
    // The doubles sign with a key of their own, which counts only while they are on.
    if (sandbox && !sandbox->mailgun_signing_key.empty()) {
        if (!plan.mailgun_keys.empty()) plan.mailgun_keys += ',';
        plan.mailgun_keys += sandbox->mailgun_signing_key;
    }
    if (config.sendgrid_from_email) plan.letters_from.from = *config.sendgrid_from_email;
    if (!config.sendgrid_from_name.empty()) plan.letters_from.name = config.sendgrid_from_name;
    plan.letters_from.public_url = config.public_url();
}

void plan_google(ProviderPlan& plan, const Config& config, const std::optional<SandboxDoubles>& sandbox) {
    if (!config.google_client_id.empty()) {
        plan.google = {
            {config.google_issuer.value, config.google_client_id, config.google_client_secret},
            config.google_calendar_base_url.value
        };
    } else if (sandbox) {
        plan.google = {{sandbox->base_url + "/google", sandbox_client, "sandbox"}, sandbox->base_url + "/google/calendar/v3"};
    }
}

} // namespace

ProviderPlan plan_providers(const Config& config, const std::optional<SandboxDoubles>& sandbox) {
    ProviderPlan plan;
    plan.max_tokens = int(config.openai_max_tokens);
    if (!config.openai_api_key.empty()) {
        plan.openai.emplace();
        plan.openai->api_key = config.openai_api_key;
        plan.openai->base_url = config.openai_base_url.value;
        plan.openai->model = config.openai_model;
        plan.openai->max_tokens = plan.max_tokens;
    } else if (sandbox) {
        plan.openai.emplace();
        plan.openai->api_key = "sandbox";
        plan.openai->base_url = sandbox->base_url + "/openai";
        plan.openai->model = config.openai_model;
        plan.openai->max_tokens = plan.max_tokens;
    }

    plan.sendgrid_keys = config.sendgrid_webhook_verification_key.value;
    plan.sendgrid_tolerance = std::chrono::seconds(std::int64_t(config.sendgrid_webhook_tolerance_seconds));
    if (!config.sendgrid_api_key.empty()) {
        plan.sendgrid.emplace();
        plan.sendgrid->api_key = config.sendgrid_api_key;
        plan.sendgrid->base_url = config.sendgrid_base_url.value;
    } else if (config.smtp_url) {
        plan.smtp_url = config.smtp_url->value;
    } else if (sandbox) {
        plan.sendgrid.emplace();
        plan.sendgrid->api_key = "SG.sandbox";
        plan.sendgrid->base_url = sandbox->base_url + "/sendgrid";
    }
    // The doubles sign with a key of their own, which counts only while they are on.
    if (sandbox && !sandbox->sendgrid_verification_key.empty()) {
        if (!plan.sendgrid_keys.empty()) plan.sendgrid_keys += ',';
        plan.sendgrid_keys += sandbox->sendgrid_verification_key;
    }

    if (config.s3_endpoint) {
        plan.s3.emplace();
        plan.s3->endpoint = config.s3_endpoint->value;
        plan.s3->bucket = config.s3_bucket;
        plan.s3->keys = {config.s3_region, config.s3_access_key_id, config.s3_secret_access_key};
    }

    if (config.sendgrid_from_email) plan.sending.from_email = *config.sendgrid_from_email;
    if (!config.sendgrid_from_name.empty()) plan.sending.from_name = config.sendgrid_from_name;
    plan.sending.public_url = config.public_url();
    if (config.sendgrid_inbound_domain) {
        plan.sending.inbound_domain = config.sendgrid_inbound_domain->value;
    } else if (sandbox) {
        plan.sending.inbound_domain = "reply.doorstep.test";
    }
    if (sandbox) plan.webhook_receiver = plan.sending.public_url + "/sandbox/webhooks/";
    plan_letters(plan, config, sandbox);
    plan_google(plan, config, sandbox);
    return plan;
}

std::unique_ptr<identity::Places> open_places(const Config& config) {
    if (config.doorstep_geoip_file.empty()) return nullptr;
    try {
        return providers::open_maxmind(config.doorstep_geoip_file);
    } catch (const std::runtime_error& problem) {
        throw std::runtime_error(fmt::format("DOORSTEP_GEOIP_FILE: {}", problem.what()));
    }
}

Providers make_providers(const ProviderPlan& plan, http::Client& client, const Clock& clock) {
    Providers made;
    if (plan.openai) made.model = providers::make_openai(*plan.openai, client);
    if (plan.sendgrid) made.sender = providers::make_sendgrid(*plan.sendgrid, client, clock);
    if (!plan.sendgrid_keys.empty()) {
        made.sendgrid_events = providers::make_sendgrid_events(plan.sendgrid_keys, plan.sendgrid_tolerance);
        made.sendgrid_inbound = providers::make_sendgrid_inbound(plan.sendgrid_keys, plan.sendgrid_tolerance);
    }
    if (plan.s3) made.storage = providers::make_s3(*plan.s3, client);
    if (!plan.smtp_url.empty()) made.sender = providers::make_smtp({.url = plan.smtp_url}, clock);
    if (plan.mailgun) made.mailgun = providers::make_mailgun(*plan.mailgun, client, clock);
    if (!plan.mailgun_keys.empty()) made.mailgun_events = providers::make_mailgun_events(plan.mailgun_keys);
    if (plan.google) {
        made.google = providers::make_google_openid(plan.google->client, client, clock);
        made.google_calendar = providers::make_google_calendar(*plan.google, client, clock);
    }
    return made;
}

} // namespace doorstep::app
