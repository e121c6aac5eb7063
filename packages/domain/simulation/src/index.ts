export { type Arm, PARTS, type PartName, SCENARIOS, type ScenarioName, type SimulationOptions } from './options.ts'
export type { ParameterTruth } from './scenario.ts'
export { type SimulatedFile, type Simulation, simulate, type Truth } from './simulate.ts'
export type { ArmParameterTruth, ArmTruth, SubjectTruth } from './truth.ts'
