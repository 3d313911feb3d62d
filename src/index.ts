export { program } from './pulumi/program';
