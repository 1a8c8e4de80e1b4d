-- The role for people's own reading (QGIS, SQL): it sees the views and nothing else. Made where we are allowed to.
do $$
begin
  if not exists (select from pg_roles where rolname = 'rivage_reader') then
    if not (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) then
      raise notice 'role rivage_reader is not made: % may not create roles', current_user;
      return;
    end if;
    create role rivage_reader nologin;
  end if;
  grant usage on schema rivage to rivage_reader;
  execute (
    select 'grant select on ' || string_agg(format('rivage.%I', viewname), ', ') || ' to rivage_reader'
    from pg_views where schemaname = 'rivage'
  );
end
$$;
