-- An agency sees and changes the accounts of its own businesses: its staff act in them.
alter policy tenant on accounts
    using (id = app.account() or parent_id = app.account() or app.everyone())
    with check (id = app.account() or parent_id = app.account() or app.everyone());
