import { DateField } from './date-field';
import { Field } from '../components/forms/field';
import { dayWithin } from './generate-form';
import { SwitchedOption } from './switched-option';
import type { GenerateFormState } from './use-generate-form';

/** Facts to plant, so that somebody can check whether the charts show them. */
export function PlantedFactsOptions({ state: { form, field, change } }: { state: GenerateFormState }) {
  if (form.profile === 'uniform') {
    return <p className="text-small text-ink-soft">Planted facts are only available in the Realistic profile.</p>;
  }
  const planted = {
    launch: { launchDate: form.launchDate || dayWithin(form, 0.5) },
    outage: { outageDate: form.outageDate || dayWithin(form, 0.7) },
    churn: {
      churnMonth: form.churnMonth || dayWithin(form, 0.25).slice(0, 7),
      churnDate: form.churnDate || dayWithin(form, 0.6),
    },
  };
  return (
    <div className="flex flex-col gap-3">
      <p className="text-small text-ink-soft">Recorded with the run, so you can check whether the charts show them.</p>
      <SwitchedOption
        label="Launch"
        note="Event volume jumps on a given day"
        on={form.launch}
        onChange={(launch) => change({ launch, ...planted.launch })}
      >
        <DateField label="Launch on" {...field('launchDate')} />
        <Field label="Multiplier" inputMode="decimal" {...field('launchFactor')} />
      </SwitchedOption>
      <SwitchedOption
        label="Outage"
        note="A day with almost no events"
        on={form.outage}
        onChange={(outage) => change({ outage, ...planted.outage })}
      >
        <DateField label="Outage on" {...field('outageDate')} />
      </SwitchedOption>
      <SwitchedOption
        label="Churn"
        note="Every team that signed up in one month leaves"
        on={form.churn}
        onChange={(churn) => change({ churn, ...planted.churn })}
      >
        <DateField label="Signed up in" unit="month" {...field('churnMonth')} />
        <DateField label="Leave on" {...field('churnDate')} />
      </SwitchedOption>
    </div>
  );
}
