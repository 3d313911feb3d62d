import type { Construct } from 'constructs';
import { defineExtension } from '../contract/definition';
import type { ExtensionProps } from '../contract/extension';
import { ModelDownload } from '../contract/model-download';
import { WorkflowExtension } from '../contract/workflow-extension';

/** Parts of the model of the whole body. */
const WHOLE_BODY = [
  'Dataset291_TotalSegmentator_part1_organs_1559subj',
  'Dataset292_TotalSegmentator_part2_vertebrae_1532subj',
  'Dataset293_TotalSegmentator_part3_cardiac_1559subj',
  'Dataset294_TotalSegmentator_part4_muscles_1559subj',
  'Dataset295_TotalSegmentator_part5_ribs_1559subj',
  'Dataset297_TotalSegmentator_total_3mm_1559subj',
  'Dataset298_TotalSegmentator_total_6mm_1559subj',
] as const;

const definition = defineExtension({
  name: 'total-segmentator-v2-workflow',
  title: 'TotalSegmentator v2',
  purpose: 'Segments 117 structures of the body in CT and 50 in MR images',
  kind: 'workflow',
  maturity: 'stable',
  hardware: 'cpu',
  documentation: 'user_guide/extensions.html#totalsegmentator-v2',
  installer: 'dag-total-segmentator-v2',
  images: ['get-totalsegmentator-v2-models'],
  taskImages: ['get-totalsegmentator-v2-models', 'pyradiomics', 'total-segmentator-v2'],
  workflows: ['total-segmentator-v2', 'total-segmentator-v2-subtask'],
  parameters: {
    task_ids: {
      type: 'list_multi',
      choices: [
        ...WHOLE_BODY,
        'Dataset258_lung_vessels_248subj',
        'Dataset150_icb_v0',
        'Dataset260_hip_implant_71subj',
        'Dataset299_body_1559subj',
        'Dataset315_thoraxCT',
        'Dataset570_ct_liver_segments',
      ],
      default: WHOLE_BODY,
      definition: 'Models to download',
    },
  },
});

/** Segmentation of the whole body, second version (total-segmentator-v2-workflow, Kaapana 0.6.0). */
export class TotalSegmentatorV2 extends WorkflowExtension {
  public static readonly definition = definition;

  constructor(scope: Construct, id: string, props: ExtensionProps<typeof definition>) {
    super(scope, id, props);
    const { platform, services, parameters } = props;
    const name = 'get-totalsegmentator-v2-models';
    new ModelDownload(this, 'Models', {
      platform,
      services,
      name,
      image: platform.images.ref(name),
      directory: 'total_segmentator_v2/',
      models: parameters.task_ids,
    });
  }
}
