import { ListPlus, Shuffle } from 'lucide-react';
import { compressions, eventNames, generationLimits, type Compression } from '../../../contract/recipe';
import { Button } from '../components/button';
import { Disclosure } from '../components/disclosure';
import { DateField } from './date-field';
import { Field } from '../components/forms/field';
import { SelectField } from '../components/forms/select-field';
import type { RateField } from './form-fields';
import { describeFiles, describeMess, describePlanted, describeSize, describeWeights } from './describe-options';
import { PlantedFactsOptions } from './planted-facts-options';
import { SwitchedOption } from './switched-option';
import { plantEverything } from '../../../contract/plant-everything';
import { dayWithin, formOf } from './generate-form';
import type { GenerateFormState } from './use-generate-form';
import { useFormats } from '../format/use-formats';

/** Options that a newcomer can ignore; each row summarises its settings. */
export function AdvancedOptions({ state }: { state: GenerateFormState }) {
  const formats = useFormats();
  const { form } = state;
  return (
    <section aria-label="Advanced options">
      <div className="mb-1 flex items-end justify-between gap-3">
        <h3 className="text-small font-medium text-ink-soft">Advanced options</h3>
        <PlantEverything state={state} />
      </div>
      <div className="rounded-medium border border-line-strong">
        <Disclosure title="Days, users and teams" summary={describeSize(form, formats)}>
          <SizeOptions state={state} />
        </Disclosure>
        <Disclosure title="Planted facts" summary={describePlanted(form)}>
          <PlantedFactsOptions state={state} />
        </Disclosure>
        <Disclosure title="Mess" summary={describeMess(form, formats)}>
          <MessOptions state={state} />
        </Disclosure>
        <Disclosure title="Event weights" summary={describeWeights(form, formats)}>
          <WeightOptions state={state} />
        </Disclosure>
        <Disclosure title="Files and workers" summary={describeFiles(form)}>
          <FileOptions state={state} />
        </Disclosure>
      </div>
    </section>
  );
}

/** Turns on every planted fact and every kind of mess at once. */
function PlantEverything({ state: { request, form, change } }: { state: GenerateFormState }) {
  const formats = useFormats();
  const planted = request && formOf({ ...request, recipe: plantEverything(request.recipe) }, formats);
  return (
    <Button
      icon={ListPlus}
      disabled={planted === null}
      title="A launch, an outage, churn, and every kind of mess, to be found in charts and checks"
      onClick={() => planted && change({ ...planted, weights: form.weights })}
    >
      Plant everything
    </Button>
  );
}

function SizeOptions({ state: { field, change } }: { state: GenerateFormState }) {
  return (
    <div className="grid grid-cols-2 items-start gap-x-3 gap-y-3">
      <DateField label="Start" {...field('start')} />
      <DateField label="End" {...field('end')} />
      <Field label="Users" inputMode="numeric" {...field('users')} />
      <Field label="Teams" inputMode="numeric" {...field('teams')} />
      <Field
        label="Seed"
        inputMode="numeric"
        action={
          <Button
            look="quiet"
            icon={Shuffle}
            aria-label="Shuffle"
            title="Use another seed"
            onClick={() => change({ seed: String(Math.floor(Math.random() * generationLimits.seed)) })}
          />
        }
        {...field('seed')}
      />
      <p className="self-center pt-5 text-small text-ink-soft">
        A different seed gives different events with the same patterns.
      </p>
    </div>
  );
}

const rates: readonly { readonly name: RateField; readonly label: string; readonly note: string }[] = [
  {
    name: 'nullUsers',
    label: 'Null users',
    note: 'user_id is null. Silver drops these rows; user_is_known counts them.',
  },
  {
    name: 'emptyProperties',
    label: 'Empty properties',
    note: 'properties is an empty string. Silver sets it to null.',
  },
  {
    name: 'duplicates',
    label: 'Duplicates',
    note: 'A copy of another row of its day. Silver keeps it; no_duplicates finds it.',
  },
  {
    name: 'lateEvents',
    label: 'Late events',
    note: 'In the file of a day one to seven days later. event_time_in_day finds it.',
  },
  {
    name: 'malformedJson',
    label: 'Malformed JSON',
    note: 'properties is cut off. Silver keeps it; properties_valid finds it.',
  },
];

function MessOptions({ state }: { state: GenerateFormState }) {
  const { form, field, change } = state;
  return (
    <>
      <p className="mb-3 text-small text-ink-soft">
        Percentage of rows to corrupt, so silver has something to clean and the checks something to catch.
      </p>
      <div className="grid grid-cols-2 items-start gap-x-4 gap-y-3">
        {rates.map(({ name, label, note }) => (
          <Field key={name} label={label} note={note} inputMode="decimal" unit="%" {...field(name)} />
        ))}
      </div>
      <div className="mt-3">
        <SwitchedOption
          label="Schema drift"
          note="From a given day, some rows have a new key, app_version. properties_valid finds them."
          on={form.drift}
          onChange={(drift) => change({ drift, driftDate: form.driftDate || dayWithin(form, 0.5) })}
        >
          <DateField label="Drift from" {...field('driftDate')} />
          <Field label="Share" inputMode="decimal" unit="%" {...field('driftRate')} />
        </SwitchedOption>
      </div>
    </>
  );
}

function WeightOptions({ state: { form, errors, change } }: { state: GenerateFormState }) {
  return (
    <>
      <p className="mb-3 text-small text-ink-soft">
        How often each event happens relative to the default: 2 for twice as often, 0 for never.
      </p>
      <div className="grid grid-cols-3 items-start gap-x-3 gap-y-2">
        {eventNames.map((name) => (
          <Field
            key={name}
            label={name}
            name={name}
            inputMode="decimal"
            value={form.weights[name]}
            error={errors[name]}
            onChange={(weight) => change({ weights: { ...form.weights, [name]: weight } })}
          />
        ))}
      </div>
    </>
  );
}

const compressionTitles: Record<Compression, string> = {
  snappy: 'snappy (default)',
  zstd: 'zstd (smaller, slower)',
  none: 'none (largest)',
};

function FileOptions({ state: { form, field, change } }: { state: GenerateFormState }) {
  return (
    <div className="grid grid-cols-3 items-start gap-x-3 gap-y-3">
      <Field label="Workers" inputMode="numeric" {...field('workers')} />
      <SelectField
        label="Compression"
        options={compressions.map((value) => ({ value, title: compressionTitles[value] }))}
        value={form.compression}
        onChange={(compression) => change({ compression })}
      />
      <Field label="Rows per row group" inputMode="numeric" {...field('rowGroupRows')} />
    </div>
  );
}
