import { useState } from 'react';
import type { GenerationRequest } from '../../../contract/generation';
import { type TextField } from './form-fields';
import { formOf, readForm, type FormErrors, type GenerateForm } from './generate-form';

/** The form while it is being filled in: complaints come with the button and go as soon as they are met. */
export function useGenerateForm(first: GenerationRequest) {
  // What is suggested later must not overwrite what has been typed.
  const [form, setForm] = useState(() => formOf(first));
  const [errors, setErrors] = useState<FormErrors>({});

  const change = (part: Partial<GenerateForm>) => {
    const next = { ...form, ...part };
    setForm(next);
    const left = readForm(next).errors ?? {};
    setErrors((shown) => Object.fromEntries(Object.entries(left).filter(([field]) => field in shown)));
  };
  return {
    form,
    errors,
    change,
    /** What the form stands for now; null while something in it is wrong. */
    request: readForm(form).request ?? null,
    /** Complains about what is wrong, and says at which field first. */
    complain: (): string | null => {
      const wrong = readForm(form).errors ?? {};
      setErrors(wrong);
      return Object.keys(wrong)[0] ?? null;
    },
    /** What an input of the form needs. */
    field: (name: TextField) => ({
      name,
      value: form[name],
      error: errors[name],
      onChange: (value: string) => change({ [name]: value }),
    }),
  };
}

export type GenerateFormState = ReturnType<typeof useGenerateForm>;
