#include "app/providers.hpp"

#include "providers/sendgrid/events.hpp"
#include "providers/sendgrid/inbound.hpp"
#include "providers/smtp/smtp.hpp"

namespace doorstep::app {

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

    plan.sendgrid_keys = config.sendgrid_webhook_verification_key;
    plan.sendgrid_tolerance = std::chrono::seconds(std::int64_t(config.sendgrid_webhook_tolerance_seconds));
    if (!config.sendgrid_api_key.empty()) {
        plan.sendgrid.emplace();
        plan.sendgrid->api_key = config.sendgrid_api_key;
        plan.sendgrid->base_url = config.sendgrid_base_url.value;
    } else if (!config.smtp_url.empty()) {
        plan.smtp_url = config.smtp_url;
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

    if (config.sendgrid_from_email) plan.sending.from_email = *config.sendgrid_from_email;
    if (!config.sendgrid_from_name.empty()) plan.sending.from_name = config.sendgrid_from_name;
    plan.sending.public_url = config.public_url();
    if (config.sendgrid_inbound_domain) {
        plan.sending.inbound_domain = config.sendgrid_inbound_domain->value;
    } else if (sandbox) {
        plan.sending.inbound_domain = "reply.doorstep.test";
    }
    if (sandbox) plan.webhook_receiver = plan.sending.public_url + "/sandbox/webhooks/";
    return plan;
}

Providers make_providers(const ProviderPlan& plan, http::Client& client, const Clock& clock) {
    Providers made;
    if (plan.openai) made.model = providers::make_openai(*plan.openai, client);
    if (plan.sendgrid) made.sender = providers::make_sendgrid(*plan.sendgrid, client, clock);
    if (!plan.sendgrid_keys.empty()) {
        made.sendgrid_events = providers::make_sendgrid_events(plan.sendgrid_keys, plan.sendgrid_tolerance);
        made.sendgrid_inbound = providers::make_sendgrid_inbound(plan.sendgrid_keys, plan.sendgrid_tolerance);
    }
    if (!plan.smtp_url.empty()) made.sender = providers::make_smtp({.url = plan.smtp_url}, clock);
    return made;
}

} // namespace doorstep::app
