-- The table in which QGIS looks for styles, with the columns that QGIS itself gives it. Made where we are allowed to.
do $$
begin
  if to_regclass('public.layer_styles') is null then
    if not has_schema_privilege('public', 'create') then
      raise notice 'no styles for QGIS: % may not create the table public.layer_styles', current_user;
      return;
    end if;
    create table public.layer_styles (
      id serial primary key,
      f_table_catalog varchar,
      f_table_schema varchar,
      f_table_name varchar,
      f_geometry_column varchar,
      stylename text,
      styleqml xml,
      stylesld xml,
      useasdefault boolean,
      description text,
      owner varchar(63) default current_user,
      ui xml,
      update_time timestamp default current_timestamp,
      type varchar
    );
  end if;
  if not has_table_privilege('public.layer_styles', 'insert') then
    raise notice 'no styles for QGIS: % may not write into the table public.layer_styles', current_user;
  end if;
  if exists (select from pg_roles where rolname = 'rivage_reader')
    and has_table_privilege('public.layer_styles', 'select with grant option')
  then
    grant select on public.layer_styles to rivage_reader;
  end if;
end
$$;
