alter table client_onboarding_tokens drop column email, drop column email_key;
