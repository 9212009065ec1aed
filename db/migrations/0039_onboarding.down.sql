drop table client_onboarding_tokens;
drop table onboarding_plans;
drop table client_profiles;
