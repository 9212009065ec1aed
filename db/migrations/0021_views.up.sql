-- Saved views of lists and boards: their filter, order and columns, for oneself or for everybody.
create table views (
    account_id uuid not null references accounts (id),
    id uuid not null,
    user_id uuid not null,
    object text not null check (object in ('clients', 'tasks', 'emails', 'leads', 'bookings', 'items')),
    name text not null,
    shared boolean not null,
    filters jsonb not null,
    sort text,
    columns text[] not null,
    layout text not null check (layout in ('table', 'board', 'calendar', 'cards')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    version bigint not null default 1,
    primary key (account_id, id)
);
create index views_object on views (account_id, object, name);
select app.protect('views');

-- What a view is to a person.
create table view_choices (
    account_id uuid not null,
    user_id uuid not null,
    view_id uuid not null,
    object text not null,
    favourite boolean not null default false,
    is_default boolean not null default false,
    primary key (account_id, user_id, view_id),
    foreign key (account_id, view_id) references views (account_id, id) on delete cascade
);
create index view_choices_view on view_choices (account_id, view_id);
create unique index view_choices_default on view_choices (account_id, user_id, object) where is_default;
select app.protect('view_choices');
