import type { Command } from 'commander';
import type { CliContext } from '../context.ts';
import { registerPlanInterval } from './plan-interval.ts';
import { registerPlanSite } from './plan-site.ts';

/** `rivage plan`: where to put a camera, and how often to shoot. */
export function registerPlan(program: Command, context: CliContext): void {
  const { say } = context;
  const plan = program
    .command('plan')
    .summary(say({ en: 'where to put a camera, how often to shoot', fr: 'où placer un appareil, à quel intervalle' }))
    .description(
      say({
        en: 'Says before the season what a camera would see, and after it what a longer interval would have lost.',
        fr: "Dit avant la saison ce qu'un appareil verrait, et après ce qu'un intervalle plus long aurait perdu.",
      }),
    );
  registerPlanSite(plan, context);
  registerPlanInterval(plan, context);
}
