import { expect, it } from 'vitest';
import { ServiceError } from '../../src/errors.ts';
import { findSqlState } from '../../src/store/session.ts';
import { describeOnBothEngines } from '../support/databases.ts';

describeOnBothEngines('the database port', (getDb) => {
  it('gives instants, numbers, json, dates and arrays back as the port says', async () => {
    const instant = new Date('2026-07-01T10:20:30.123Z');
    const [row] = await getDb().query(
      `select $1::timestamptz as instant, $2::bigint as whole, $3::numeric as exact, $4::float8 as double,
         $5::jsonb as json, '2026-07-01'::date as date, $6::text[] as texts, $7::text as missing,
         current_setting('TimeZone') as zone`,
      [instant, 9_007_199_254_740_991, 1.5, 0.1, '{"a":[1,null]}', ['a"b', 'c,d'], undefined],
    );
    expect(row).toEqual({
      instant,
      whole: 9_007_199_254_740_991,
      exact: 1.5,
      double: 0.1,
      json: { a: [1, null] },
      date: '2026-07-01',
      texts: ['a"b', 'c,d'],
      missing: null,
      zone: 'UTC',
    });
  });

  it('keeps microseconds away: an instant is a Date of milliseconds, in every year', async () => {
    const [row] = await getDb().query<{ old: Date; late: Date }>(
      "select timestamptz '1899-12-31 23:59:59.5+00' as old, timestamptz '2026-10-25 02:30:00+02' as late",
    );
    expect(row?.old.toISOString()).toBe('1899-12-31T23:59:59.500Z');
    expect(row?.late.toISOString()).toBe('2026-10-25T00:30:00.000Z');
  });

  it('rolls a transaction back whole when it throws', async () => {
    const db = getDb();
    await db.exec('create table public.rolled (n int)');
    const work = db.transaction(async (tx) => {
      await tx.query('insert into public.rolled values (1)');
      await tx.query('insert into public.rolled values (2)');
      throw new Error('stop');
    });
    await expect(work).rejects.toThrow('stop');
    expect(await db.query('select * from public.rolled')).toEqual([]);
  });

  it('rolls a transaction back whole when a statement is refused, and goes on working', async () => {
    const db = getDb();
    await db.exec('create table public.refused (n int primary key)');
    const work = db.transaction(async (tx) => {
      await tx.query('insert into public.refused values (1)');
      await tx.query('insert into public.refused values (1)');
    });
    const error = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'database-refused' });
    expect(findSqlState(error)).toBe('23505');
    expect(await db.query('select * from public.refused')).toEqual([]);
  });

  it('goes back to the savepoint when a transaction inside another one fails', async () => {
    const db = getDb();
    await db.exec('create table public.saved (n int primary key)');
    await db.transaction(async (tx) => {
      await tx.query('insert into public.saved values (1)');
      await tx
        .transaction(async (inner) => {
          await inner.query('insert into public.saved values (2)');
          await inner.query('insert into public.saved values (1)');
        })
        .catch(() => undefined);
      await tx.query('insert into public.saved values (3)');
    });
    expect(await db.query('select n from public.saved order by n')).toEqual([{ n: 1 }, { n: 3 }]);
  });

  it('keeps two writers apart: neither sees, nor loses in its rollback, what the other writes', async () => {
    const db = getDb();
    await db.exec('create table public.writers (who text)');
    const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
    const good = db.transaction(async (tx) => {
      await tx.query("insert into public.writers values ('good')");
      await pause();
      const seen = await tx.query("select who from public.writers where who <> 'good'");
      return seen.length;
    });
    const bad = db.transaction(async (tx) => {
      await pause();
      await tx.query("insert into public.writers values ('bad')");
      await pause();
      throw new Error('undone');
    });
    const plain = db.query("insert into public.writers values ('plain')");
    const [seen] = await Promise.all([good, expect(bad).rejects.toThrow('undone'), plain]);
    expect(seen).toBeLessThanOrEqual(1); // 'plain' may have committed before; 'bad' never did
    expect(await db.query('select who from public.writers order by who')).toEqual([{ who: 'good' }, { who: 'plain' }]);
  });

  it('refuses to be used beside its own open transaction, which would wait for itself', async () => {
    const db = getDb();
    await db.transaction(async () => {
      await expect(db.query('select 1')).rejects.toThrow(ServiceError);
    });
    expect(await db.query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('refuses a transaction that is used after its end', async () => {
    const db = getDb();
    const late = await db.transaction(async (tx) => tx);
    await expect(late.query('select 1')).rejects.toThrow('after its end');
  });

  it('leaves no transaction open when a script fails in one of its own', async () => {
    const db = getDb();
    await expect(db.exec('begin; create table public.half (n int); select 1 / 0; commit;')).rejects.toMatchObject({
      code: 'database-refused',
    });
    expect(await db.query("select to_regclass('public.half')::text as half")).toEqual([{ half: null }]);
  });

  it('takes one statement in a query, and many in a script', async () => {
    const db = getDb();
    await expect(db.query('select 1; select 2')).rejects.toMatchObject({ code: 'database-refused' });
    await db.exec('create table public.many (n int); insert into public.many values (1);');
    expect(await db.query('select n from public.many')).toEqual([{ n: 1 }]);
  });

  it('lets what is under way end before it closes', async () => {
    const db = getDb();
    await db.exec('create table public.slow (n int)');
    const slow = db.transaction(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      await tx.query('insert into public.slow values (1)');
      return tx.query('select n from public.slow');
    });
    await db.close();
    expect(await slow).toEqual([{ n: 1 }]);
    await expect(db.query('select 1')).rejects.toThrow();
  });
});
