alter policy tenant on accounts using (id = app.account() or app.everyone())
    with check (id = app.account() or app.everyone());
