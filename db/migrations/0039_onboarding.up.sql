-- How businesses come in: what an agency knows of them, the letters that let them in, how far they are.
create table client_profiles (
    business_id uuid primary key references accounts (id),
    agency_id uuid references accounts (id), -- none: a realtor who came alone
    agency_name text,                        -- when the business was made; it does not see the agency's account
    email text,                              -- whom the agency invited
    email_key text,
    name text not null,
    display_name text,
    phone text,
    communication_prefs jsonb,
    client_type text,
    client_subtype text,
    client_package text check (client_package in ('Essentials', 'Growth', 'Accelerate', 'Custom')),
    account_manager_id uuid references users (id),
    call_tracking_main_number text,
    front_desk_emails text,
    office_admin_name text,
    office_admin_email text,
    office_admin_phone text,
    form_email_recipients text,
    client_identifier_value text,
    monthly_revenue_goal numeric(12, 2),
    business_name text,
    business_description text,
    primary_brand_colors text,
    brand_notes text,
    website_url text,
    video text, -- "vimeo:123456": never a foreign page's own words
    services jsonb not null default '[]',
    website_access_status text,
    ga4_access_status text,
    google_ads_access_status text,
    google_ads_account_id text,
    meta_access_status text,
    website_forms_details_status text,
    requires_website_access boolean not null default true,
    requires_ga4_access boolean not null default true,
    requires_google_ads_access boolean not null default true,
    requires_meta_access boolean not null default true,
    requires_forms_step boolean not null default true,
    calendar_status text,
    plan jsonb not null,                    -- [{key, required}]: the agency's steps when the business was made
    done_steps jsonb not null default '{}', -- {step: when}
    draft jsonb,
    draft_saved_at timestamptz,
    invited_at timestamptz,
    joined_at timestamptz,
    onboarding_completed_at timestamptz,
    completion_told_at timestamptz,
    activated_at timestamptz,
    archived_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    check ((agency_id is null) = (email_key is null))
);
create unique index client_profiles_email_key on client_profiles (agency_id, email_key) where archived_at is null;
create index client_profiles_newest on client_profiles (agency_id, created_at desc, business_id desc);

-- Which steps an agency asks for, in its order; without a row all eight.
create table onboarding_plans (
    account_id uuid primary key references accounts (id),
    steps jsonb not null, -- [{key, required}]
    updated_at timestamptz not null
);

create table client_onboarding_tokens (
    business_id uuid not null references client_profiles (business_id) on delete cascade,
    id uuid not null,
    agency_id uuid not null references accounts (id),
    hash text not null check (length(hash) = 64),
    created_at timestamptz not null,
    created_by uuid,
    expires_at timestamptz not null,
    validated_at timestamptz, -- first opened
    consumed_at timestamptz,
    revoked_at timestamptz,
    reminded_at timestamptz,  -- that it is about to expire
    expiry_told_at timestamptz,
    primary key (business_id, id)
);
create index client_onboarding_tokens_hash on client_onboarding_tokens (hash);
create index client_onboarding_tokens_open on client_onboarding_tokens (expires_at)
    where consumed_at is null and revoked_at is null and expiry_told_at is null;

select app.protect('onboarding_plans');

-- Both sides see what they share: the business and its agency; schedules and the bearers of a letter's link find their way in.
do $$
declare
    name text;
begin
    foreach name in array array['client_profiles', 'client_onboarding_tokens'] loop
        execute format('alter table %I enable row level security', name);
        execute format('alter table %I force row level security', name);
        execute format(
            'create policy both_sides on %I using (business_id = app.account() or agency_id = app.account() or app.everyone()) '
            'with check (business_id = app.account() or agency_id = app.account() or app.everyone())', name);
    end loop;
end
$$;
