-- What an office says of itself in its letters, and the language it writes in.
alter table accounts
    add column language text not null default 'en' check (language in ('en', 'es')),
    add column agent_name text, -- who signs; none: the first owner
    add column agent_title text,
    add column agent_phone text,
    add column website text,
    add column settings_version bigint not null default 1;
