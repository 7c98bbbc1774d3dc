"""Which branches a simulated file has, with the types that real PHYSLITE files of the 2024 release give them.

A branch is named `Container.attribute`. Its kind is a numpy type code followed by its shape: `f4*` is a vector of float
per event, `f4**` a vector of vectors, `u8` one number; `link*` and `link**` are element links, `str*` strings.
"""

from __future__ import annotations

KEYS = {
    "GSFTrackParticles": 776133387,
    "InDetTrackParticles": 490246363,
    "BTagging_AntiKt4EMPFlow": 582299515,
    "GSFConversionVertices": 524191177,
    "InDetForwardTrackParticles": 339503174,
}
"""The persistent keys of element links, as seen in real files. The last container is in no PHYSLITE file."""

_ISOLATION_E = "Nonprompt_All_MaxWeightTTVALooseCone"
_ISOLATION_MU = "Nonprompt_All_MaxWeightTTVA"

_CONTAINERS = {
    "AnalysisElectronsAuxDyn": {
        "f4*": f"""pt eta phi m charge topoetcone20 topoetcone20_CloseByCorr topoetcone20ptCorrection neflowisol20
            ptcone20_{_ISOLATION_E}_pt1000 ptcone20_{_ISOLATION_E}_pt1000_CloseByCorr ptcone20_{_ISOLATION_E}_pt500
            ptvarcone30_{_ISOLATION_E}_pt1000 ptvarcone30_{_ISOLATION_E}_pt500""",
        "i1*": """DFCommonElectronsLHVeryLoose DFCommonElectronsLHLoose DFCommonElectronsLHLooseBL
            DFCommonElectronsLHMedium DFCommonElectronsLHTight""",
        "u2*": "author",
        "u4*": "OQ",
        "link**": "trackParticleLinks",
    },
    "AnalysisMuonsAuxDyn": {
        "f4*": f"""pt eta phi charge ptcone20 ptcone30 ptcone40 ptvarcone20 ptvarcone30 ptvarcone40 topoetcone20
            topoetcone30 topoetcone40 topoetcone20_CloseByCorr neflowisol20 InnerDetectorPt MuonSpectrometerPt
            ptcone20_{_ISOLATION_MU}_pt1000 ptcone20_{_ISOLATION_MU}_pt500
            ptvarcone30_{_ISOLATION_MU}_pt1000 ptvarcone30_{_ISOLATION_MU}_pt500""",
        "u1*": "quality",
        "u2*": "muonType author allAuthors",
        "i1*": "DFCommonMuonPassIDCuts DFCommonMuonPassPreselection",
        "link*": "inDetTrackParticleLink",
    },
    "AnalysisPhotonsAuxDyn": {
        "f4*": """pt eta phi m ptcone20 ptcone20_CloseByCorr topoetcone20 topoetcone20_CloseByCorr topoetcone40
            topoetcone40_CloseByCorr""",
        "i1*": """DFCommonPhotonsIsEMLoose DFCommonPhotonsIsEMTight DFCommonPhotonsCleaning
            DFCommonPhotonsCleaningNoTime""",
        "u2*": "author",
        "u4*": "OQ",
        "link**": "vertexLinks",
    },
    "AnalysisJetsAuxDyn": {
        "f4*": """pt eta phi m DetectorEta JetConstitScaleMomentum_pt JetConstitScaleMomentum_eta
            JetConstitScaleMomentum_phi JetConstitScaleMomentum_m DFCommonJets_fJvt""",
        "i1*": "NNJvtPass",
        "i4*": "HadronConeExclTruthLabelID",
        "link*": "btaggingLink",
    },
    "BTagging_AntiKt4EMPFlowAuxDyn": {
        "f4*": "DL1dv01_pb DL1dv01_pc DL1dv01_pu GN2v00_pb GN2v00_pc GN2v00_pu",
    },
    "GSFTrackParticlesAuxDyn": {
        "f4*": "d0 z0 vz theta phi qOverP chiSquared",
        "f4**": "definingParametersCovMatrixDiag",
        "u1*": "numberOfPixelHits numberOfSCTHits",
    },
    "InDetTrackParticlesAuxDyn": {
        "f4*": "d0 z0 vz theta phi qOverP chiSquared",
        "f4**": "definingParametersCovMatrixDiag",
        "u1*": "numberOfPixelHits numberOfSCTHits",
    },
    "GSFConversionVerticesAuxDyn": {"f4*": "x y z"},
    "PrimaryVerticesAuxDyn": {"f4*": "x y z", "i2*": "vertexType"},
    "MET_Core_AnalysisMETAuxDyn": {"f4*": "mpx mpy sumet", "u8*": "source", "str*": "name"},
    "EventInfoAuxDyn": {
        "u8": "eventNumber mcEventNumber",
        "u4": "runNumber mcChannelNumber lumiBlock eventTypeBitmask",
        "f4": """averageInteractionsPerCrossing actualInteractionsPerCrossing beamPosX beamPosY beamPosZ beamPosSigmaX
            beamPosSigmaY beamPosSigmaZ beamPosSigmaXY PileupWeight_NOSYS""",
        "f4*": "mcEventWeights",
        "i1": "DFCommonJets_eventClean_LooseBad",
    },
}

BRANCHES: dict[str, str] = {
    f"{container}.{attribute}": kind
    for container, kinds in _CONTAINERS.items()
    for kind, attributes in kinds.items()
    for attribute in attributes.split()
}
"""Every branch, `Container.attribute`, with its kind."""
